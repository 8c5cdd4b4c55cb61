import type { Tx } from '../../platform/database/transaction.ts';
import { type ActivityKind, kindsInSql, type TimelineKind } from '../activity-kinds.ts';
import { aboutItsLeadOnly } from '../activity-store.ts';

/** A timeline entry as stored: an activity, a note, or the request that submitted the lead. */
export interface TimelineRow {
  id: string;
  origin: 'activity' | 'note' | 'request';
  at: Date;
  kind: ActivityKind | null;
  actor: string | null;
  reason: string | null;
  detail: Record<string, unknown> | null;
  submission_id: string | null;
  text: string | null;
  edited_at: Date | null;
  dialect: string | null;
  /** The token that made the request, or that acted. */
  token_name: string | null;
  token_hint: string | null;
  member_id: string | null;
  method: string | null;
  path: string | null;
  query: string | null;
  status_code: number | null;
  outcome: string | null;
  took_ms: number | null;
  body: Buffer | null;
}

const under = (narrowing: TimelineKind) => `kind IN ${kindsInSql(({ shownUnder }) => shownUnder.includes(narrowing))}`;

/**
 * Activities, notes and requests included in each filter. `note_added` is left out in favour of the notes themselves.
 */
const shown: { readonly [K in TimelineKind | 'all']: { activities: string; notes: boolean; requests: boolean } } = {
  all: { activities: "kind <> 'note_added'", notes: true, requests: true },
  calls: { activities: under('calls'), notes: false, requests: false },
  notes: { activities: under('notes'), notes: true, requests: false },
  system: { activities: under('system'), notes: false, requests: true },
  changes: { activities: `${under('changes')} AND detail->'changes' IS NOT NULL`, notes: false, requests: false },
};

const activityColumns = `'activity' AS origin, at, kind, actor, reason, detail, submission_id,
      NULL AS text, NULL::timestamptz AS edited_at, NULL AS dialect, NULL::uuid AS token_id`;
const noteColumns = "'note', created_at, NULL, actor, NULL, NULL, NULL, text, edited_at, NULL, NULL";
const requestColumns = "'request', at, NULL, NULL, NULL, NULL, submission_id, NULL, NULL, dialect, token_id";

/** Most bytes of a request's body that are shown. */
const EXCERPT = 2000;

/**
 * A lead's full timeline, newest first; undefined if there is no such lead for the reader. Ids increase over time, so
 * the three kinds of rows are merged by id. `before` is the id of the last entry of the previous page.
 */
export async function listTimeline(
  tx: Tx,
  leadId: string,
  kind: TimelineKind | 'all',
  limit: number,
  before?: string,
): Promise<TimelineRow[] | undefined> {
  const { activities, notes, requests } = shown[kind];
  const older = before === undefined ? '' : 'AND id < $4';
  const part = (table: string, columns: string, condition: string) =>
    `(SELECT id, ${columns} FROM ${table} WHERE workspace_id = $1 AND lead_id = $2 ${older} AND ${condition}
      ORDER BY id DESC LIMIT $3)`;
  const parts = [
    part('activities', activityColumns, activities),
    ...(notes ? [part('notes', noteColumns, 'true')] : []),
    ...(requests ? [part('touches', requestColumns, 'true')] : []),
  ];
  const rows = await tx.query<TimelineRow>(
    `SELECT lines.*, s.member_id, s.method, s.path, s.query, s.status_code, s.outcome, s.took_ms,
       substring(s.body FOR ${EXCERPT + 1}) AS body, k.name AS token_name, k.hint AS token_hint
     FROM leads
     LEFT JOIN (SELECT * FROM (${parts.join(' UNION ALL ')}) AS every ORDER BY id DESC LIMIT $3) AS lines ON true
     LEFT JOIN submissions s ON lines.origin = 'request' AND s.workspace_id = $1 AND s.id = lines.submission_id
     LEFT JOIN tokens k ON k.workspace_id = $1
       AND k.id = coalesce(
         lines.token_id, CASE WHEN lines.actor LIKE 'token:%' THEN substr(lines.actor, 7)::uuid END)
     WHERE leads.workspace_id = $1 AND leads.id = $2
     ORDER BY lines.id DESC`,
    [tx.workspaceId, leadId, limit, ...(before === undefined ? [] : [before])],
    { prepared: true, plannedOnce: true },
  );
  if (rows.length === 0) return undefined;
  return rows.filter(({ id }) => id !== null).map(aboutItsLeadOnly);
}

/** Start of a stored body as text, marked if it has been shortened. */
export function excerptOf(body: Buffer | null): string | null {
  if (body === null) return null;
  const text = body
    .subarray(0, EXCERPT)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
  return body.length > EXCERPT ? `${text}…` : text;
}
