import { isServed } from '../backup/sessions-store.ts';
import type { Database } from '../platform/database/database.ts';
import { typeId } from '../platform/ids.ts';
import { operatorError } from '../platform/operator-error.ts';
import { forgetLost } from '../secrets/forget-lost.ts';
import { type KeySources, keyFileIn, readKeys } from '../secrets/key-file.ts';
import { openKeyring } from '../secrets/keyring.ts';
import { countByKey, type LostWebhook } from '../secrets/secret-store.ts';
import { announceChange } from '../workspaces/change-store.ts';
import type { CheckResult } from './check-result.ts';
import { type Call, type Command, flag } from './command.ts';
import { recordByCli, withStore } from './with-store.ts';

export const secretsForget: Command = {
  usage: 'secrets forget [--yes]',
  about: 'Give up secrets whose key is lost, so that the server can start again. Without --yes, only count them.',
  async run(call) {
    await withStore(call, async ({ place, owner }) => {
      const { lost } = await stateOf(owner, call.config);
      if (lost === 0) return call.screen.show({ lost, webhooks: [] }, ['Every secret can be read.']);
      if (await isServed(place.admin))
        throw operatorError(
          'Leadwell is running on this database, so a server has the key that is missing here. Set SECRET_KEY to the same key.',
        );
      if (!flag(call, 'yes'))
        return call.screen.show({ lost, webhooks: [] }, [
          `${lost} secrets cannot be read. With --yes, webhooks get new secrets and are disabled, ` +
            'authenticator apps stop working (recovery codes still work), and unsubscribe links in earlier mail ' +
            'stop working.',
        ]);
      await forget(call, owner, lost);
    });
  },
};

async function forget(call: Call, owner: Database, lost: number): Promise<void> {
  const { webhooks, accounts } = await forgetLost(owner, call.config, call.now);
  for (const one of webhooks) await record(call, owner, one);
  call.screen.show({ lost, accounts, webhooks: webhooks.map(({ id }) => typeId('hook', id)) }, [
    `Gave up ${lost} secrets. Start the server; then, in Settings > Webhooks, replace the secret of ${webhooks.length} ` +
      'webhooks, give it to their receivers, enable them and replay the events that were held in the meantime.',
    `${accounts} people need a recovery code, or "leadwell member reset-2fa".`,
  ]);
}

async function record(call: Call, owner: Database, { workspace_id, id, url }: LostWebhook): Promise<void> {
  const detail = { id, name: URL.canParse(url) ? new URL(url).host : '', enabled: false };
  await owner.tx(workspace_id, async (tx) => {
    await recordByCli(tx, call, 'webhook_changed', detail);
    await announceChange(tx);
  });
}

/** Checks for `doctor` whether this server's keys can read the secrets in the database. */
export async function checkSecrets(
  owner: Database,
  config: KeySources & { databaseUrl: string | null },
): Promise<CheckResult> {
  const { encrypted, plain, lost, current } = await stateOf(owner, config);
  const [check, where] = ['secrets', config.secretKeys.length > 0 ? 'SECRET_KEY' : keyFileIn(config.dataDir)];
  if (lost > 0)
    return {
      check,
      state: 'fail',
      text: `${lost} cannot be read: their key is neither in SECRET_KEY nor in ${keyFileIn(config.dataDir)}`,
    };
  if (plain > 0)
    return { check, state: 'warn', text: `${plain} are not encrypted yet; the next start of the server encrypts them` };
  if (!current) return { check, state: 'ok', text: 'none yet; the first start of the server creates a key' };
  const text = `${encrypted} encrypted; the key ${current} is in ${where}`;
  return config.databaseUrl && config.secretKeys.length === 0
    ? { check, state: 'warn', text: `${text}; other servers on this database need it as SECRET_KEY` }
    : { check, state: 'ok', text: `${text}: keep a copy of it, apart from the backups` };
}

/** How many secrets are stored, and how many of them this server's keys cannot read. */
export async function stateOf(owner: Database, sources: KeySources) {
  const keys = await readKeys(sources);
  const keyring = keys.length > 0 ? openKeyring(keys) : undefined;
  const counts = await owner.global(countByKey);
  let [encrypted, lost] = [0, 0];
  for (const [key, count] of counts) {
    if (key === null) continue;
    if (keyring?.ids.includes(key)) encrypted += count;
    else lost += count;
  }
  return { encrypted, lost, plain: counts.get(null) ?? 0, current: keyring?.current };
}
