import { createHmac } from 'node:crypto';
import type { Tx } from '../../platform/database/transaction.ts';
import { formerEmailKeys } from '../../platform/email.ts';

/** A phone or email, normalised as for matching leads, and as it was sent. */
interface Key {
  kind: string;
  value: string;
  sent?: string;
}

/** The keyed hash of a phone or email, which recognises it without storing it. */
export function hashKey(secret: Buffer, { kind, value }: Key): Buffer {
  return createHmac('sha256', secret).update(`${kind}:${value}`).digest();
}

/** Stores hashes of erased phones and emails. */
export async function addErasedKeys(tx: Tx, hashes: readonly Buffer[], erasedAt: Date): Promise<void> {
  await tx.query(
    `INSERT INTO erased_keys (workspace_id, hash, erased_at) SELECT $1, hash, $3 FROM unnest($2::bytea[]) AS hash
     ON CONFLICT (workspace_id, hash) DO UPDATE SET erased_at = greatest(erased_keys.erased_at, excluded.erased_at)`,
    [tx.workspaceId, hashes, erasedAt],
  );
}

/** The hashes under which a phone or email may be stored; for an email, also those of its forms in earlier versions. */
export function hashesOf(secret: Buffer, { kind, value, sent = value }: Key): Buffer[] {
  const former = kind === 'email' ? formerEmailKeys(sent) : [];
  return [value, ...former].map((one) => hashKey(secret, { kind, value: one }));
}

/** When each of these phones and emails was erased, by `kind:value`; those that never were are omitted. */
export async function findErasedKeys(tx: Tx, secret: Buffer, keys: readonly Key[]): Promise<Map<string, Date>> {
  const byHash = new Map(
    keys.flatMap((key) =>
      hashesOf(secret, key).map((hash) => [hash.toString('hex'), `${key.kind}:${key.value}`] as const),
    ),
  );
  const rows = await tx.query<{ hash: Buffer; erased_at: Date }>(
    'SELECT hash, erased_at FROM erased_keys WHERE workspace_id = $1 AND hash = ANY ($2)',
    [tx.workspaceId, [...byHash.keys()].map((hash) => Buffer.from(hash, 'hex'))],
    { name: 'find_erased_keys' },
  );
  return new Map(rows.map(({ hash, erased_at }) => [byHash.get(hash.toString('hex')) ?? '', erased_at]));
}
