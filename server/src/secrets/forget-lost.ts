import { randomBytes } from 'node:crypto';
import type { Database } from '../platform/database/database.ts';
import { type KeySources, makeKeyFile, readKeys } from './key-file.ts';
import { KEY_BYTES, openKeyring } from './keyring.ts';
import {
  addKey,
  type LostWebhook,
  lockKeys,
  ownerOf,
  removeLostSecrets,
  removeOtherKeys,
  replaceLostWebhookSecrets,
} from './secret-store.ts';

/** What was lost together with a key. */
export interface Forgotten {
  /** These webhooks have a new secret, and stay disabled until somebody gives it to the receiver. */
  webhooks: LostWebhook[];
  /** Number of people whose authenticator app no longer works; their recovery codes still do. */
  accounts: number;
}

/** Discards all secrets that this server's keys cannot read, so that the server can start again. */
export async function forgetLost(owner: Database, sources: KeySources, now: Date): Promise<Forgotten> {
  const found = await readKeys(sources);
  const keyring = openKeyring(found.length > 0 ? found : await makeKeyFile(sources.dataDir));
  return owner.global(async (tx) => {
    await lockKeys(tx);
    const keys = keyring.ids;
    const newSecret = (id: string) => keyring.encrypt(randomBytes(KEY_BYTES), ownerOf.webhook(id));
    const webhooks = await replaceLostWebhookSecrets(tx, keys, { newSecret, now });
    const accounts = await removeLostSecrets(tx, keys);
    await removeOtherKeys(tx);
    await addKey(tx, keyring.current, now);
    return { webhooks, accounts };
  });
}
