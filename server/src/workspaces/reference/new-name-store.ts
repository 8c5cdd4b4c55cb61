import { touches } from '../../events/screens.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { fold } from '../../platform/fold/fold.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { makeNewNames, type NamedKind, type NewNames, type SentName } from './new-names.ts';

/** The sender of a new name: a token, or a member signed in to a dialect. */
export interface NameSender {
  sender_id: string;
  token_id: string | null;
  dialect: string;
  at: Date;
}

/** The table of each list and, if lists share a table, the condition that selects the list. */
const tables: { readonly [K in NamedKind]: string } = {
  source: 'sources',
  status: 'statuses',
  deal_stage: "reference_items WHERE kind = 'deal_stage' AND",
};
const unapproved = (kind: NamedKind) =>
  `(SELECT count(*)::int FROM ${tables[kind]}${kind === 'deal_stage' ? '' : ' WHERE'} workspace_id = $1 AND by_request)`;

/** Loads the new names that requests have sent. */
export async function loadNewNames(tx: Tx): Promise<NewNames> {
  const [counts] = await tx.query<Record<string, number>>(
    `SELECT ${unapproved('source')} AS source, ${unapproved('status')} AS status, ${unapproved('deal_stage')} AS deal_stage,
       count(*) FILTER (WHERE by_request)::int AS fields_by_request, count(*) FILTER (WHERE NOT by_request)::int AS fields_by_people
     FROM custom_fields WHERE workspace_id = $1`,
    [tx.workspaceId],
  );
  const names = await tx.query<SentName>(
    'SELECT id, kind, folded_name, means FROM waiting_names WHERE workspace_id = $1',
    [tx.workspaceId],
  );
  const { source = 0, status = 0, deal_stage = 0, fields_by_request = 0, fields_by_people = 0 } = counts ?? {};
  return makeNewNames(
    {
      unapproved: { source, status, deal_stage },
      fieldsByRequest: fields_by_request,
      fieldsByPeople: fields_by_people,
    },
    names,
  );
}

/** Takes up to `wanted` names from the sender's quota for the day, and returns how many it took. */
export async function takeNames(
  tx: Tx,
  { sender_id, at }: NameSender,
  what: 'custom_field' | 'waiting_name',
  wanted: number,
  most: number,
): Promise<number> {
  const day = at.toISOString().slice(0, 10);
  const [row] = await tx.query<{ count: number }>(
    'SELECT count FROM names_brought WHERE workspace_id = $1 AND sender_id = $2 AND day = $3 AND what = $4',
    [tx.workspaceId, sender_id, day, what],
  );
  const taken = Math.max(0, Math.min(wanted, most - (row?.count ?? 0)));
  if (taken > 0)
    await tx.query(
      `INSERT INTO names_brought (workspace_id, sender_id, day, what, count) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (workspace_id, sender_id, day, what) DO UPDATE SET count = names_brought.count + excluded.count`,
      [tx.workspaceId, sender_id, day, what, taken],
    );
  return taken;
}

/** Marks an item or field as created by a request. */
export async function markByRequest(tx: Tx, kind: NamedKind, id: string): Promise<void> {
  await setByRequest(tx, kind, id, true);
}

/** Marks an item as approved; false if no request created it, or it was approved before. */
export async function approveItem(tx: Tx, kind: NamedKind | 'custom_field', id: string): Promise<boolean> {
  return setByRequest(tx, kind, id, false);
}

async function setByRequest(tx: Tx, kind: NamedKind | 'custom_field', id: string, value: boolean): Promise<boolean> {
  const table = { source: 'sources', status: 'statuses', deal_stage: 'reference_items', custom_field: 'custom_fields' };
  const changed = await tx.execute(
    `UPDATE ${table[kind]} SET by_request = $3 WHERE workspace_id = $1 AND id = $2 AND by_request <> $3`,
    [tx.workspaceId, id, value],
  );
  return changed > 0;
}

/** Adds a name that waits for approval. A name that is known already stays as it is. */
export async function addWaitingName(tx: Tx, kind: NamedKind, name: string, sender: NameSender): Promise<void> {
  touches(tx, 'settings');
  await tx.query(
    `INSERT INTO waiting_names (workspace_id, id, kind, name, folded_name, dialect, token_id, first_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
    [tx.workspaceId, uuidv7(), kind, name, fold(name), sender.dialect, sender.token_id, sender.at],
  );
}

/** A lead that came with a name that waits for approval; `instead` is the item it has in the meantime. */
export interface WaitingLead {
  lead_id: string;
  name_id: string;
  instead: string | null;
}

/** A lead's entries for the names in its request that wait for approval. */
export function waitingLeads(
  lead: { id: string; status_id: string; source_id: string | null },
  waiting: { readonly [K in 'status' | 'source']?: string },
): WaitingLead[] {
  return (['status', 'source'] as const).flatMap((kind) =>
    waiting[kind] ? [{ lead_id: lead.id, name_id: waiting[kind], instead: lead[`${kind}_id`] }] : [],
  );
}

/** Notes that a deal waits for the approval of its stage; `instead` is the stage it has in the meantime. */
export async function noteWaitingDeal(
  tx: Tx,
  { deal_id, name_id, instead }: { deal_id: string; name_id: string; instead: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO waiting_deals (workspace_id, deal_id, name_id, instead)
     SELECT $1, $2, id, $4 FROM waiting_names WHERE workspace_id = $1 AND id = $3 AND means IS NULL`,
    [tx.workspaceId, deal_id, name_id, instead],
  );
}

/** Notes that leads wait for the approval of their names. Names that no longer wait are skipped. */
export async function noteWaitingLeads(tx: Tx, leads: readonly WaitingLead[]): Promise<void> {
  await tx.query(
    `INSERT INTO waiting_leads (workspace_id, lead_id, name_id, instead)
     SELECT $1, new.lead_id, new.name_id, new.instead
     FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS new (lead_id, name_id, instead)
     JOIN waiting_names n ON n.workspace_id = $1 AND n.id = new.name_id AND n.means IS NULL
     ON CONFLICT (workspace_id, lead_id, name_id) DO UPDATE SET instead = excluded.instead`,
    [
      tx.workspaceId,
      leads.map(({ lead_id }) => lead_id),
      leads.map(({ name_id }) => name_id),
      leads.map(({ instead }) => instead),
    ],
  );
}
