import { randomBytes } from 'node:crypto';
import { touches } from '../events/screens.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Encrypted, Keyring } from '../secrets/keyring.ts';
import { ownerOf } from '../secrets/secret-store.ts';
import type { MailKindName } from './mail-kinds.ts';

/** Kinds of mail that a member has switched off. */
export async function unwantedKinds(tx: Tx, memberId: string): Promise<MailKindName[]> {
  const rows = await tx.query<{ kind: MailKindName }>(
    'SELECT kind FROM unwanted_mail WHERE workspace_id = $1 AND member_id = $2',
    [tx.workspaceId, memberId],
  );
  return rows.map(({ kind }) => kind);
}

/** Switches a kind of mail on or off for a member. */
export async function setWanted(tx: Tx, memberId: string, kind: MailKindName, wanted: boolean): Promise<void> {
  touches(tx, 'people');
  await tx.query(
    wanted
      ? 'DELETE FROM unwanted_mail WHERE workspace_id = $1 AND member_id = $2 AND kind = $3'
      : `INSERT INTO unwanted_mail (workspace_id, member_id, kind) SELECT $1, id, $3 FROM members
         WHERE workspace_id = $1 AND id = $2 ON CONFLICT DO NOTHING`,
    [tx.workspaceId, memberId, kind],
  );
}

/** Records that a mail server refused a member's address; `reason` is the server's message. */
export async function noteBounce(tx: Tx, memberId: string, email: string, reason: string, at: Date): Promise<void> {
  touches(tx, 'people');
  await tx.query(
    `UPDATE members SET bounced_email = $3, bounced_at = $4, bounce_reason = $5
     WHERE workspace_id = $1 AND id = $2 AND email = $3`,
    [tx.workspaceId, memberId, email, at, reason],
  );
}

/** Clears earlier refusals after a message has arrived. Returns whether there were any. */
export async function forgetBounce(tx: Tx, memberId: string): Promise<boolean> {
  const forgotten = await tx.execute(
    `UPDATE members SET bounced_email = NULL, bounced_at = NULL, bounce_reason = NULL
     WHERE workspace_id = $1 AND id = $2 AND bounced_email IS NOT NULL`,
    [tx.workspaceId, memberId],
  );
  return forgotten > 0;
}

/** The key that signs the workspace's unsubscribe links; created when first needed. */
export async function mailKey(tx: Tx, keyring: Keyring): Promise<Buffer> {
  await tx.query('INSERT INTO mail_keys (workspace_id, key) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    tx.workspaceId,
    keyring.encrypt(randomBytes(32), ownerOf.mailKey(tx.workspaceId ?? '')),
  ]);
  const key = await mailKeyIfAny(tx, keyring);
  if (!key) throw new Error('The key of a workspace cannot be read.');
  return key;
}

/** The same key; undefined if none has been created, so that no signed link can exist. */
export async function mailKeyIfAny(tx: Tx, keyring: Keyring): Promise<Buffer | undefined> {
  const [row] = await tx.query<{ key: Encrypted }>('SELECT key FROM mail_keys WHERE workspace_id = $1', [
    tx.workspaceId,
  ]);
  return row && keyring.decrypt(row.key, ownerOf.mailKey(tx.workspaceId ?? ''));
}
