import { hash, randomBytes } from 'node:crypto';
import type { Tx } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { memoise } from '../../platform/memoise.ts';
import type { MatchPolicy, MergeStyle } from './match-policy.ts';

/** A stored token. The database has only the SHA-256 hash of its secret. */
export interface Token {
  workspace_id: string;
  id: string;
  dialect: string;
  name: string;
  hint: string;
  policy: MatchPolicy | null;
  merge_style: MergeStyle | null;
  region: string | null;
  test_mode: boolean;
  may_extend: boolean;
  scopes: string[];
  /** Tags given to the leads that arrive with the token. */
  tag_ids: string[];
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
  /** IP address. */
  last_used_address: string | null;
  /** `member:<id>`, `token:<id>` or `cli`; null if the server itself created the token. */
  created_by: string | null;
  created_at: Date;
}

export interface NewToken {
  dialect: string;
  /** Prefix of the secret; vendors' clients check it. */
  prefix: string;
  name: string;
  policy?: MatchPolicy | null;
  merge_style?: MergeStyle | null;
  region?: string | null;
  test_mode?: boolean;
  may_extend?: boolean;
  scopes?: readonly string[];
  tag_ids?: readonly string[];
  expires_at?: Date | null;
  created_by?: string | null;
}

const columns =
  'workspace_id, id, dialect, name, hint, policy, merge_style, region, test_mode, may_extend, scopes, tag_ids, expires_at, revoked_at, last_used_at, last_used_address, created_by, created_at';

/** A new secret: the prefix and 256 random bits in hex. */
function newSecret(prefix: string): string {
  return prefix + randomBytes(32).toString('hex');
}

export function hashSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

/** Maximum number of cached hashes; clients send the same credentials again and again. */
const MOST_KNOWN = 100;

/** The hash of a secret as text, used as a key in memory instead of the secret itself. */
export const secretKey = memoise(MOST_KNOWN, (secret) => hashSecret(secret).toString('base64'));

/** Creates a token and returns its secret, which cannot be retrieved later. */
export async function createToken(tx: Tx, token: NewToken): Promise<{ token: Token; secret: string }> {
  const secret = newSecret(token.prefix);
  const [row] = await tx.query<Token>(
    `INSERT INTO tokens (workspace_id, id, dialect, name, hash, hint, policy, merge_style, region, test_mode, may_extend, scopes, expires_at, created_by, tag_ids)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING ${columns}`,
    [
      tx.workspaceId,
      uuidv7(),
      token.dialect,
      token.name,
      hashSecret(secret),
      `${secret.slice(0, 7)}…${secret.slice(-4)}`,
      token.policy ?? null,
      token.merge_style ?? null,
      token.region ?? null,
      token.test_mode ?? false,
      token.may_extend ?? false,
      token.scopes ?? [],
      token.expires_at ?? null,
      token.created_by ?? null,
      token.tag_ids ?? [],
    ],
  );
  return { token: row as Token, secret };
}

/** Updates the given settings; undefined if there is no such token. */
export async function changeToken(tx: Tx, id: string, values: Partial<Token>): Promise<Token | undefined> {
  const names = changeable.filter((name) => values[name] !== undefined);
  const sets = names.map((name, at) => `${name} = $${at + 3}`);
  const [row] = await tx.query<Token>(
    `UPDATE tokens SET ${['id = id', ...sets].join(', ')} WHERE workspace_id = $1 AND id = $2 RETURNING ${columns}`,
    [tx.workspaceId, id, ...names.map((name) => values[name])],
  );
  return row;
}

const changeable = [
  'name',
  'policy',
  'merge_style',
  'region',
  'test_mode',
  'may_extend',
  'scopes',
  'tag_ids',
  'expires_at',
] as const;

export async function listTokens(tx: Tx): Promise<Token[]> {
  return tx.query<Token>(`SELECT ${columns} FROM tokens WHERE workspace_id = $1 ORDER BY id`, [tx.workspaceId]);
}

/** Revokes a token and ends the sessions that it opened. Returns false if there is no active token with this id. */
export async function revokeToken(tx: Tx, id: string): Promise<boolean> {
  const revoked = await tx.execute(
    'UPDATE tokens SET revoked_at = now() WHERE workspace_id = $1 AND id = $2 AND revoked_at IS NULL',
    [tx.workspaceId, id],
  );
  await tx.query(
    'UPDATE sessions SET ended_at = now() WHERE workspace_id = $1 AND token_id = $2 AND ended_at IS NULL',
    [tx.workspaceId, id],
  );
  return revoked > 0;
}

export async function getToken(tx: Tx, id: string): Promise<Token | undefined> {
  const [row] = await tx.query<Token>(`SELECT ${columns} FROM tokens WHERE workspace_id = $1 AND id = $2`, [
    tx.workspaceId,
    id,
  ]);
  return row;
}

/** Finds a token by the hash of its secret, before the workspace is known. */
export async function findToken(tx: Tx, hash: Buffer): Promise<Token | undefined> {
  const [row] = await tx.query<Token>(`SELECT ${columns} FROM token_by_hash($1)`, [hash], { name: 'find_token' });
  return row;
}

/** Stores when and from where tokens were last used. Written in batches, after the requests. */
export async function noteTokenUse(tx: Tx, addresses: ReadonlyMap<string, string | null>, at: Date): Promise<void> {
  await tx.query(
    `UPDATE tokens SET last_used_at = $4, last_used_address = coalesce(used.address, tokens.last_used_address)
     FROM unnest($2::uuid[], $3::text[]) AS used (id, address) WHERE tokens.workspace_id = $1 AND tokens.id = used.id`,
    [tx.workspaceId, [...addresses.keys()], [...addresses.values()], at],
  );
}
