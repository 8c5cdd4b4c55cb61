import { touches } from '../events/screens.ts';
import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';
import { type ActivityDetails, type ActivityKind, kindsInSql } from './activity-kinds.ts';
import { listOfLead } from './lead-sublist-store.ts';

/** A new timeline entry; the kind determines the shape of its detail. */
export interface NewActivity<K extends ActivityKind = ActivityKind> {
  lead_id: string;
  kind: K;
  actor: string;
  reason?: string | undefined;
  detail: ActivityDetails[K];
  submission_id?: string | null;
  at: Date;
}

/** A timeline entry as stored. */
export interface Activity {
  id: string;
  lead_id: string;
  kind: ActivityKind;
  actor: string;
  reason: string | null;
  detail: Record<string, unknown> | null;
  submission_id: string | null;
  at: Date;
}

/** Adds a timeline entry, in the same transaction as the change it describes. */
export async function recordActivity<K extends ActivityKind>(tx: Tx, activity: NewActivity<K>): Promise<void> {
  touches(tx, 'leads', activity.lead_id);
  await tx.query(
    `INSERT INTO activities (workspace_id, lead_id, id, kind, actor, reason, detail, submission_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.workspaceId,
      activity.lead_id,
      uuidv7(),
      activity.kind,
      activity.actor,
      activity.reason ?? null,
      pgJson(activity.detail),
      activity.submission_id ?? null,
      activity.at,
    ],
    { name: 'record_activity' },
  );
}

/** A lead's timeline, newest first; `before` is the id of the last entry of the previous page. */
export async function listActivities(tx: Tx, leadId: string, limit: number, before?: string): Promise<Activity[]> {
  const columns = 'id, lead_id, kind, actor, reason, detail, submission_id, at';
  const rows = await listOfLead<Activity>(tx, { columns, from: 'activities' }, leadId, limit, before);
  return rows.map(aboutItsLeadOnly);
}

/**
 * Removes the count of other leads with the same phone or email, which earlier versions stored in entries: the reader
 * may not be allowed to know of those leads.
 */
export function aboutItsLeadOnly<Row extends Pick<Activity, 'reason' | 'detail'>>(row: Row): Row {
  const { twins: _, ...detail } = (row.detail ?? {}) as Record<string, unknown>;
  const reason = row.reason?.replace(/; \d+ other leads? ha(?:s|ve) the same phone or email\./, '.') ?? null;
  return { ...row, reason, detail: row.detail && detail };
}

const movingKinds = kindsInSql(({ movesStatus }) => movesStatus);

/** Status changes of a lead, newest first; limited to the most recent ones. */
export async function listStatusChanges(tx: Tx, leadId: string): Promise<{ from: string | null; to: string | null }[]> {
  return tx.query(
    `SELECT change->>'from' AS from, change->>'to' AS to FROM activities a
     CROSS JOIN LATERAL json_array_elements(a.detail->'changes') AS change
     WHERE a.workspace_id = $1 AND a.lead_id = $2 AND a.kind IN ${movingKinds}
       AND change->>'field' = 'status_id'
     ORDER BY a.id DESC LIMIT 100`,
    [tx.workspaceId, leadId],
  );
}
