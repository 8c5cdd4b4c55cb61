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
 * A lead's full timeline, newest first. Ids increase over time, so the three kinds of rows are merged by id. `before`
 * is the id of the last entry of the previous page.
 */
export async function listTimeline(
  tx: Tx,
  leadId: string,
  kind: TimelineKind | 'all',
  limit: number,
  before?: string,
): Promise<TimelineRow[]> {
  const { activities, notes, requests } = shown[kind];
  const part = (table: string, columns: string, condition: string) =>
    `(SELECT id, ${columns} FROM ${table} WHERE workspace_id = $1 AND lead_id = $2
      AND ($4::uuid IS NULL OR id < $4) AND ${condition} ORDER BY id DESC LIMIT $3)`;
  const rows = await tx.query<TimelineRow>(
    `WITH lines AS (
       ${part('activities', activityColumns, activities)} UNION ALL ${part('notes', noteColumns, String(notes))}
       UNION ALL ${part('touches', requestColumns, String(requests))} ORDER BY id DESC LIMIT $3
     )
     SELECT lines.*, s.member_id, s.method, s.path, s.query, s.status_code, s.outcome, s.took_ms,
       substring(s.body FOR ${EXCERPT + 1}) AS body, k.name AS token_name, k.hint AS token_hint
     FROM lines
     LEFT JOIN submissions s ON lines.origin = 'request' AND s.workspace_id = $1 AND s.id = lines.submission_id
     LEFT JOIN tokens k ON k.workspace_id = $1
       AND k.id = coalesce(
         lines.token_id, CASE WHEN lines.actor LIKE 'token:%' THEN substr(lines.actor, 7)::uuid END)
     ORDER BY lines.id DESC`,
    [tx.workspaceId, leadId, limit, before ?? null],
    { prepared: true },
  );
  return rows.map(aboutItsLeadOnly);
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
