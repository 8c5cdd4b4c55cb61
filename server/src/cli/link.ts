import type { Config } from '../config.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { operatorError } from '../platform/operator-error.ts';
import { lockAccount, releaseAccount } from '../workspaces/access/account-store.ts';
import { endSessionsOfMember } from '../workspaces/access/session-store.ts';
import { makeLink } from '../workspaces/first-run.ts';
import { loadReferenceData } from '../workspaces/reference-cache-store.ts';
import type { Member } from '../workspaces/reference-data.ts';
import type { Command } from './command.ts';
import { changeWorkspace, recordByCli } from './with-store.ts';

export const link: Command = {
  usage: 'link [--workspace W]',
  about: "Create a one-time link with which the workspace's owner sets a password.",
  async run(call) {
    const created = await changeWorkspace(call, async (tx, workspace) => {
      const owner = (await loadReferenceData(tx))?.all('member').find(({ role, active }) => role === 'owner' && active);
      if (!owner)
        throw operatorError(
          `The workspace "${workspace}" has no active owner. Create one with "leadwell member create".`,
        );
      const { secret, isNew } = await linkFor(tx, owner, call.now);
      await recordByCli(tx, call, isNew ? 'account_replaced' : 'member_invited', { member_id: owner.id });
      return { email: owner.email, username: owner.username, secret, isNew };
    });
    if (created.isNew)
      call.screen.warn(
        'The owner used an account of their own, which stays as it is elsewhere. The link creates a new one.',
      );
    const url = `${baseOf(call.config)}/welcome/${created.secret}`;
    call.screen.show({ link: url, email: created.email, username: created.username }, [url]);
  },
};

/**
 * Creates a link that opens only this workspace. An account that other workspaces use too is not reset, even by the
 * operator, since whoever gets the link may not be the owner of the account.
 */
async function linkFor(tx: Tx, owner: Member, now: Date): Promise<{ secret: string; isNew: boolean }> {
  const account = await lockAccount(tx, owner.user_id);
  if (!account) return { ...(await makeLink(tx, owner.id, now)), isNew: false };
  if (account.managed_by === tx.workspaceId)
    return { ...(await makeLink(tx, owner.id, now, 'reset_link')), isNew: false };
  await endSessionsOfMember(tx, owner.id);
  await releaseAccount(tx, owner.id);
  return { ...(await makeLink(tx, owner.id, now)), isNew: true };
}

function baseOf({ http }: Config): string {
  const local =
    http.host === '0.0.0.0'
      ? '127.0.0.1'
      : http.host.includes(':')
        ? `[${http.host.replace(/^::$/, '::1')}]`
        : http.host;
  return http.publicUrl ?? `http://${local}:${http.port}`;
}
