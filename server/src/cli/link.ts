import type { Config } from '../config.ts';
import { operatorError } from '../platform/operator-error.ts';
import { makeLink } from '../workspaces/first-run.ts';
import { loadReferenceData } from '../workspaces/reference-cache-store.ts';
import type { Command } from './command.ts';
import { changeWorkspace, recordByCli, workspaceOption } from './with-store.ts';

export const link: Command = {
  name: 'link',
  usage: '[--workspace W]',
  about: "Create a one-time link with which the workspace's owner sets a password.",
  options: { ...workspaceOption },
  async run(call) {
    const created = await changeWorkspace(call, async (tx, workspace) => {
      const owner = (await loadReferenceData(tx))
        ?.all('member')
        .find((member) => member.role === 'owner' && member.active);
      if (!owner)
        throw operatorError(
          `The workspace "${workspace}" has no active owner. Create one with "leadwell member create".`,
        );
      const { secret } = await makeLink(tx, owner.id, call.now, 'reset_link');
      await recordByCli(tx, call, 'member_invited', { member_id: owner.id });
      return { email: owner.email, username: owner.username, secret };
    });
    const url = `${baseOf(call.config)}/welcome/${created.secret}`;
    call.screen.show({ link: url, email: created.email, username: created.username }, [url]);
    return 0;
  },
};

function baseOf({ http }: Config): string {
  const local =
    http.host === '0.0.0.0'
      ? '127.0.0.1'
      : http.host.includes(':')
        ? `[${http.host.replace(/^::$/, '::1')}]`
        : http.host;
  return http.publicUrl ?? `http://${local}:${http.port}`;
}
