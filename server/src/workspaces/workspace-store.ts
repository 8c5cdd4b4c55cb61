import { touches } from '../events/screens.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';
import {
  firstCallOutcomes,
  firstDepartments,
  firstLeadTypes,
  firstLists,
  firstSources,
  firstStatuses,
  firstViews,
  stageMeanings,
} from './first-data.ts';
import { addDepartment, addLeadType, addListItem, addSource, addStatus } from './reference/reference-store.ts';
import { foldName, type Role } from './reference-data.ts';

export interface NewWorkspace {
  id: string;
  name: string;
  region: string;
}

/** Creates a workspace, as the owner role (the app's role may not). Returns false if the name is taken. */
export async function createWorkspace(owner: Tx, { id, name, region }: NewWorkspace): Promise<boolean> {
  const made = await owner.execute(
    'INSERT INTO workspaces (id, name, folded_name, region) VALUES ($1, $2, $3, $4) ON CONFLICT (folded_name) DO NOTHING',
    [id, name, foldName(name), region],
  );
  return made > 0;
}

/** Fills a new workspace with the standard contents, in the workspace's own transaction. */
export async function fillWorkspace(tx: Tx): Promise<void> {
  const statusIds: string[] = [];
  for (const [at, { name, code, state, colour, description }] of firstStatuses.entries())
    statusIds.push(
      await addStatus(tx, name, state, { alternative_code: code, description, colour, is_default: at === 0 }),
    );
  const listIds = new Map<string, string>();
  for (const [kind, items] of Object.entries(firstLists) as [keyof typeof firstLists, [string, string?][]][])
    for (const [name, code] of items)
      listIds.set(
        `${kind}:${name}`,
        await addListItem(tx, kind, name, {
          code,
          alternative_code: code,
          ...(kind === 'deal_stage' && stageMeanings[name]),
        }),
      );
  for (const name of firstLeadTypes)
    await addLeadType(tx, name, {
      default_status_id: statusIds[0],
      default_category_id: listIds.get('category:General'),
    });
  for (const name of firstDepartments) await addDepartment(tx, name);
  for (const name of firstSources) await addSource(tx, name);
  await addCallOutcomes(tx, firstCallOutcomes);
  await addViews(tx, firstViews);
  await tx.query('INSERT INTO lead_counts (workspace_id, leads) VALUES ($1, 0) ON CONFLICT DO NOTHING', [
    tx.workspaceId,
  ]);
}

async function addCallOutcomes(tx: Tx, outcomes: typeof firstCallOutcomes): Promise<void> {
  for (const [at, { name, meaning, reached, retry_minutes, max_attempts }] of outcomes.entries())
    await tx.query(
      `INSERT INTO call_outcomes (workspace_id, id, name, folded_name, meaning, reached, retry_minutes, most_attempts, position)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        tx.workspaceId,
        uuidv7(),
        name,
        foldName(name),
        meaning,
        reached,
        retry_minutes ?? null,
        max_attempts ?? null,
        at + 1,
      ],
    );
}

async function addViews(tx: Tx, views: typeof firstViews): Promise<void> {
  for (const [at, [name, query]] of views.entries())
    await tx.query(
      `INSERT INTO views (workspace_id, id, name, audience, query, position) VALUES ($1, $2, $3, 'all', $4, $5)`,
      [tx.workspaceId, uuidv7(), name, query, at + 1],
    );
}

/** Finds a workspace by its name, ignoring case, before any is known. */
export async function findWorkspace(tx: Tx, name: string): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string | null }>('SELECT workspace_by_name($1) AS id', [foldName(name)]);
  return row?.id ?? undefined;
}

export interface NewMember {
  email: string;
  username: string;
  name: string;
  role: Role;
  password_hash: string | null;
}

/**
 * Adds a member, who may already have an account from another workspace. Returns undefined if they are a member
 * already.
 */
export async function addMember(tx: Tx, member: NewMember): Promise<string | undefined> {
  touches(tx, 'people');
  const [user] = await tx.query<{ id: string }>('SELECT find_or_make_user($1, $2, $3, $4, $5, $6, $7) AS id', [
    uuidv7(),
    member.email,
    foldName(member.email),
    member.username,
    foldName(member.username),
    member.name,
    member.password_hash,
  ]);
  const [row] = await tx.query<{ id: string }>(
    `INSERT INTO members (workspace_id, id, user_id, role) VALUES ($1, $2, $3, $4)
     ON CONFLICT (workspace_id, user_id) DO NOTHING RETURNING id`,
    [tx.workspaceId, uuidv7(), user?.id, member.role],
  );
  return row?.id;
}

/** A member who signs in with a password. */
export interface SignIn {
  member_id: string;
  user_id: string;
  /** Null if a password alone is not enough: there is none, or a code is required too. */
  password_hash: string | null;
  active: boolean;
}

/** Finds who signs in with a password alone, by email or username within the workspace. */
export async function findSignIn(tx: Tx, nameOrEmail: string): Promise<SignIn | undefined> {
  const [row] = await tx.query<SignIn>(
    `SELECT m.id AS member_id, u.id AS user_id, CASE WHEN u.totp_confirmed_at IS NULL THEN u.password_hash END AS password_hash,
       m.active FROM members m JOIN users u ON u.id = m.user_id
     WHERE m.workspace_id = $1 AND (u.folded_email = $2 OR u.folded_username = $2)`,
    [tx.workspaceId, foldName(nameOrEmail)],
  );
  return row;
}

/** Whether any workspace exists; asked as the owner role. */
export async function hasWorkspace(owner: Tx): Promise<boolean> {
  return (await owner.query('SELECT 1 FROM workspaces LIMIT 1')).length > 0;
}

/** Updates the settings of the workspace. Throws a conflict if the name is taken. */
export async function changeWorkspace(
  tx: Tx,
  values: { name: string; region: string; time_zone: string; currency: string; requests_per_minute: number | null },
): Promise<void> {
  const { name, region, time_zone, currency, requests_per_minute } = values;
  await tx.query(
    `UPDATE workspaces SET name = $2, folded_name = $3, region = $4, time_zone = $5, currency = $6,
       requests_per_minute = $7 WHERE id = $1`,
    [tx.workspaceId, name, foldName(name), region, time_zone, currency, requests_per_minute],
  );
}
