import type { Tx } from '../platform/database/transaction.ts';
import type { Encrypted } from './keyring.ts';

/** The owner of a secret, as passed to the keyring: a secret can be read only in its owner's row. */
export const ownerOf = {
  webhook: (id: string) => `webhook ${id}`,
  account: (id: string) => `account ${id}`,
  mailKey: (workspaceId: string) => `mail key ${workspaceId}`,
};

/** A column of encrypted secrets. */
export interface SecretPlace {
  table: 'webhooks' | 'users' | 'mail_keys';
  column: string;
  /** The column in which versions without encryption stored the same secret. */
  plain: string;
  /** Identifies the row. */
  id: 'id' | 'workspace_id';
  owner(id: string): string;
}

export const secretPlaces: readonly SecretPlace[] = [
  { table: 'webhooks', column: 'secret', plain: 'plain_secret', id: 'id', owner: ownerOf.webhook },
  { table: 'webhooks', column: 'old_secret', plain: 'plain_old_secret', id: 'id', owner: ownerOf.webhook },
  { table: 'users', column: 'totp_secret', plain: 'plain_totp_secret', id: 'id', owner: ownerOf.account },
  { table: 'mail_keys', column: 'key', plain: 'plain_key', id: 'workspace_id', owner: ownerOf.mailKey },
];

const keyId = (column: string) => `encode(substring(${column} FROM 2 FOR 8), 'hex')`;

/** How many secrets each key has encrypted; those under null are still in plain text. */
export async function countByKey(owner: Tx): Promise<Map<string | null, number>> {
  const parts = secretPlaces.flatMap(({ table, column, plain }) => [
    `SELECT ${keyId(column)} AS key FROM ${table} WHERE ${column} IS NOT NULL`,
    `SELECT NULL FROM ${table} WHERE ${plain} IS NOT NULL`,
  ]);
  const rows = await owner.query<{ key: string | null; count: number }>(
    `SELECT key, count(*)::int AS count FROM (${parts.join(' UNION ALL ')}) AS found GROUP BY key`,
  );
  return new Map(rows.map(({ key, count }) => [key, count]));
}

/** Ids of the keys that servers on this database encrypt with. Locks the list until the end of the transaction. */
export async function lockKeys(owner: Tx): Promise<string[]> {
  await owner.query('LOCK TABLE encryption_keys IN SHARE ROW EXCLUSIVE MODE');
  const rows = await owner.query<{ id: string }>("SELECT encode(id, 'hex') AS id FROM encryption_keys ORDER BY 1");
  return rows.map(({ id }) => id);
}

export async function addKey(owner: Tx, id: string, now: Date): Promise<void> {
  await owner.query(
    "INSERT INTO encryption_keys (id, first_used_at) VALUES (decode($1, 'hex'), $2) ON CONFLICT DO NOTHING",
    [id, now],
  );
}

/** Forgets all keys but this one; without an id, all keys with which no stored secret is encrypted. */
export async function removeOtherKeys(owner: Tx, id?: string): Promise<void> {
  const used = [...(await countByKey(owner)).keys()];
  await owner.query("DELETE FROM encryption_keys WHERE encode(id, 'hex') <> ALL ($1::text[])", [
    id === undefined ? used.filter((key) => key !== null) : [id],
  ]);
}

/** A secret that is in plain text or was encrypted with another key. */
export interface Outdated {
  id: string;
  plain: string | Buffer | null;
  stored: Encrypted | null;
}

/** Some of the secrets of a table that are in plain text or encrypted with none of these keys. */
export async function outdatedSecrets(
  owner: Tx,
  { table, column, plain, id }: SecretPlace,
  keys: readonly string[],
): Promise<Outdated[]> {
  return owner.query<Outdated>(
    `SELECT ${id} AS id, ${plain} AS plain, ${column} AS stored FROM ${table}
     WHERE ${plain} IS NOT NULL OR ${keyId(column)} <> ALL ($1::text[]) LIMIT 500`,
    [keys],
  );
}

/** Replaces an outdated secret, unless another process has done so already; null removes it. */
export async function replaceSecret(
  owner: Tx,
  { table, column, plain, id }: SecretPlace,
  before: Outdated,
  after: Encrypted | null,
): Promise<void> {
  await owner.query(
    `UPDATE ${table} SET ${column} = $2, ${plain} = NULL
     WHERE ${id} = $1 AND ${column} IS NOT DISTINCT FROM $3 AND (${plain} IS NULL) = $4`,
    [before.id, after, before.stored, before.plain === null],
  );
}

/** A webhook whose secret cannot be read. */
export interface LostWebhook {
  workspace_id: string;
  id: string;
  url: string;
}

/** Gives new secrets to webhooks whose secret is encrypted with none of these keys, and disables these webhooks. */
export async function replaceLostWebhookSecrets(
  owner: Tx,
  keys: readonly string[],
  { newSecret, now }: { newSecret(webhookId: string): Encrypted; now: Date },
): Promise<LostWebhook[]> {
  const lost = await owner.query<LostWebhook>(
    `SELECT workspace_id, id, url FROM webhooks WHERE ${keyId('secret')} <> ALL ($1::text[]) FOR UPDATE`,
    [keys],
  );
  for (const { id } of lost)
    await owner.query(
      `UPDATE webhooks SET secret = $2, old_secret = NULL, plain_old_secret = NULL, enabled = false,
         disabled_at = $3, disabled_because = 'key_lost' WHERE id = $1`,
      [id, newSecret(id), now],
    );
  return lost;
}

/** Removes all other secrets that are encrypted with none of these keys. Returns how many accounts lost theirs. */
export async function removeLostSecrets(owner: Tx, keys: readonly string[]): Promise<number> {
  await owner.execute(`UPDATE webhooks SET old_secret = NULL WHERE ${keyId('old_secret')} <> ALL ($1::text[])`, [keys]);
  await owner.execute(`DELETE FROM mail_keys WHERE ${keyId('key')} <> ALL ($1::text[])`, [keys]);
  return owner.execute(`UPDATE users SET totp_secret = NULL WHERE ${keyId('totp_secret')} <> ALL ($1::text[])`, [keys]);
}
