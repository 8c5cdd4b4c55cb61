import { announce } from '../../events/event-store.ts';
import { touches } from '../../events/screens.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { Visibility } from '../../workspaces/access/visibility.ts';
import type { ReferenceData, ReferenceKind } from '../../workspaces/reference-data.ts';
import { recordActivity } from '../activity-store.ts';
import type { Lead } from '../lead.ts';
import { claimKeys } from '../lead-keys-store.ts';
import { firstStatus } from '../lead-status.ts';
import { getLead, queueForIndex } from '../lead-store.ts';
import { type Contents, insertRows, settleRestored, stillThere, takeFromBin } from './bin-store.ts';

type Row = Record<string, unknown>;

/** Who restores a lead, and when. */
export interface RestoreContext {
  actor: string;
  visibility: Visibility | undefined;
  referenceData: ReferenceData;
  now: Date;
}

/**
 * Restores a lead from the bin with everything that was deleted with it, under its old id and number. References to
 * items that were removed meanwhile are cleared. If the person enquired again in between, the lead of that enquiry
 * keeps the phone and email, and the two leads are possible duplicates. Undefined if the lead is not in the bin.
 */
export async function restoreLead(tx: Tx, leadId: string, context: RestoreContext): Promise<Lead | undefined> {
  const contents = await takeFromBin(tx, leadId, context.visibility);
  const row = contents?.leads?.[0];
  if (!contents || !row) return undefined;
  const { actor, now: at, referenceData } = context;
  const version = Number(row['version']) + 2;
  await insertRows(tx, 'leads', [{ ...fitLead(row, referenceData), version, updated_at: at }]);
  await insertBelongings(tx, contents, referenceData);
  await settleRestored(tx, leadId, contents.call_attempts ?? [], row);
  await claimKeys(tx, leadId, keysOf(contents));
  await recordActivity(tx, { lead_id: leadId, kind: 'lead_restored', actor, detail: {}, at });
  await announce(tx, { type: 'lead.restored', lead_id: leadId, lead_version: version, payload: {}, at });
  await queueForIndex(tx, [leadId], 1);
  touches(tx, 'leads', leadId);
  return getLead(tx, leadId);
}

async function insertBelongings(tx: Tx, contents: Contents, referenceData: ReferenceData): Promise<void> {
  for (const table of ['touches', 'activities', 'notes', 'demo_leads'] as const)
    await insertRows(tx, table, contents[table] ?? []);
  const fitted = (row: Row, references: Readonly<Record<string, ReferenceKind>>) =>
    fitRow(row, references, referenceData);
  const calls = (contents.calls ?? []).map((row) => fitted(row, { type_id: 'type' }));
  await insertRows(tx, 'calls', calls);
  const tasks = (contents.tasks ?? []).map((row) => fitted(row, { assignee_id: 'member' }));
  await insertRows(tx, 'tasks', tasks);
  const stage = referenceData.all('deal_stage')[0]?.id;
  const deals = (contents.deals ?? []).map((row) => {
    const deal = fitted(row, { owner_id: 'member', stage_id: 'deal_stage' });
    return { ...deal, stage_id: deal['stage_id'] ?? stage };
  });
  await insertRows(tx, 'deals', deals);
  await insertRows(tx, 'waiting_leads', await keepKnown(tx, contents.waiting_leads, ['name_id'], 'waiting_names'));
  const pairs = await keepKnown(tx, contents.lead_distinctions, ['lead_id', 'other_id'], 'leads');
  await insertRows(tx, 'lead_distinctions', pairs);
}

async function keepKnown(
  tx: Tx,
  rows: readonly Row[] | null,
  columns: readonly string[],
  table: 'waiting_names' | 'leads',
): Promise<readonly Row[]> {
  if (!rows) return [];
  const known = await stillThere(
    tx,
    rows.flatMap((row) => columns.map((name) => String(row[name]))),
    table,
  );
  return rows.filter((row) => columns.every((name) => known.has(String(row[name]))));
}

const leadKinds = {
  status_id: 'status',
  type_id: 'type',
  category_id: 'category',
  lost_reason_id: 'lost_reason',
  source_id: 'source',
  department_id: 'department',
  owner_id: 'member',
} as const satisfies Readonly<Record<string, ReferenceKind>>;

function fitLead(row: Row, referenceData: ReferenceData): Row {
  const fitted = fitRow(row, leadKinds, referenceData);
  const tags = (row['tag_ids'] as readonly string[] | null)?.filter((id) => referenceData.get('tag', id));
  return {
    ...fitted,
    tag_ids: tags?.length ? tags : null,
    status_id: fitted['status_id'] ?? firstStatus(referenceData, fitted['type_id'] as string | null).id,
  };
}

/** The row, with references to items that no longer exist set to null. */
function fitRow(row: Row, kinds: Readonly<Record<string, ReferenceKind>>, referenceData: ReferenceData): Row {
  const gone = Object.entries(kinds).filter(([name, kind]) => !referenceData.get(kind, row[name] as string | null));
  return { ...row, ...Object.fromEntries(gone.map(([name]) => [name, null])) };
}

function keysOf({ lead_keys, lead_twins }: Contents) {
  const all = [...(lead_keys ?? []), ...(lead_twins ?? [])];
  return all.map((row) => ({
    kind: String(row['kind']),
    value: String(row['value']),
    ...(row['is_second'] === true && { isSecond: true }),
  }));
}
