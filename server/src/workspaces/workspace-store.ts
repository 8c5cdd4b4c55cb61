import type { Tx } from '../platform/database/transaction.ts';
import { fold } from '../platform/fold/fold.ts';
import { fromTypeId, uuidv7 } from '../platform/ids.ts';
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
import { type WorkspaceSettings, workspaceSettingNames } from './reference-data.ts';

export interface NewWorkspace {
  id: string;
  name: string;
  region: string;
}

/**
 * Creates a workspace. Requires the database's owner role; the app's role may not create workspaces. Returns false if
 * the name is taken: the operator sees all workspaces and tells them apart by name.
 */
export async function createWorkspace(owner: Tx, { id, name, region }: NewWorkspace): Promise<boolean> {
  // If two processes create the same workspace, one of them waits here.
  await owner.query('LOCK TABLE workspaces IN SHARE ROW EXCLUSIVE MODE');
  const made = await owner.execute(
    `INSERT INTO workspaces (id, name, folded_name, region) SELECT $1, $2, $3, $4
     WHERE NOT EXISTS (SELECT 1 FROM workspaces WHERE folded_name = $3)`,
    [id, name, fold(name), region],
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
  await addCallOutcomes(
    tx,
    new Map(firstStatuses.map(({ name }, at) => [name, statusIds[at] ?? null])),
    (reason) => listIds.get(`lost_reason:${reason}`) ?? null,
  );
  await addViews(tx, firstViews);
  await tx.query('INSERT INTO lead_counts (workspace_id, leads) VALUES ($1, 0) ON CONFLICT DO NOTHING', [
    tx.workspaceId,
  ]);
}

async function addCallOutcomes(
  tx: Tx,
  statusIds: ReadonlyMap<string, string | null>,
  reasonId: (name: string) => string | null,
): Promise<void> {
  for (const [at, outcome] of firstCallOutcomes.entries())
    await tx.query(
      `INSERT INTO call_outcomes (workspace_id, id, name, folded_name, meaning, reached, retry_minutes, most_attempts,
         status_id, lost_reason_id, asks_next_step, position)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        tx.workspaceId,
        uuidv7(),
        outcome.name,
        fold(outcome.name),
        outcome.meaning,
        outcome.reached,
        outcome.retry_minutes ?? null,
        outcome.max_attempts ?? null,
        (outcome.status && statusIds.get(outcome.status)) ?? null,
        outcome.lost_reason ? reasonId(outcome.lost_reason) : null,
        outcome.asks_next_step ?? false,
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

/** A workspace's name or id in any form, as the database looks it up. */
export function workspaceKey(nameOrId: string): string {
  return fromTypeId('workspace', nameOrId.trim()) ?? fold(nameOrId);
}

/** Ids of the workspaces with this name, ignoring case, or this id; oldest first. Runs before a workspace is known. */
export async function findWorkspaces(tx: Tx, name: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('SELECT id FROM workspaces_by_name($1) AS id', [workspaceKey(name)]);
  return rows.map(({ id }) => id);
}

/** Whether any workspace exists. Requires the owner role. */
export async function hasWorkspace(owner: Tx): Promise<boolean> {
  return (await owner.query('SELECT 1 FROM workspaces LIMIT 1')).length > 0;
}

/** Updates the settings of the workspace. Other workspaces may have the same name. */
export async function changeWorkspace(tx: Tx, settings: Required<WorkspaceSettings>): Promise<void> {
  const columns = workspaceSettingNames.map((name, at) => `${name} = $${at + 3}`);
  await tx.query(`UPDATE workspaces SET folded_name = $2, ${columns.join(', ')} WHERE id = $1`, [
    tx.workspaceId,
    fold(settings.name),
    ...workspaceSettingNames.map((name) => settings[name]),
  ]);
}
