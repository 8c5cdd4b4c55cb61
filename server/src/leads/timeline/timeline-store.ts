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
  token_id: string | null;
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
  const part = (table: string, origin: string, condition: string) =>
    `(SELECT id, '${origin}' AS origin FROM ${table} WHERE workspace_id = $1 AND lead_id = $2
      AND ($4::uuid IS NULL OR id < $4) AND ${condition} ORDER BY id DESC LIMIT $3)`;
  const rows = await tx.query<TimelineRow>(
    `WITH lines AS (
       ${part('activities', 'activity', activities)} UNION ALL ${part('notes', 'note', String(notes))}
       UNION ALL ${part('touches', 'request', String(requests))} ORDER BY id DESC LIMIT $3
     )
     SELECT lines.id, origin, coalesce(a.at, n.created_at, t.at) AS at, a.kind, coalesce(a.actor, n.actor) AS actor,
       a.reason, a.detail, coalesce(a.submission_id, t.submission_id) AS submission_id, n.text, n.edited_at, t.dialect,
       t.token_id, s.member_id, s.method, s.path, s.query, s.status_code, s.outcome, s.took_ms,
       substring(s.body FOR ${EXCERPT + 1}) AS body
     FROM lines
     LEFT JOIN activities a ON origin = 'activity' AND a.workspace_id = $1 AND a.lead_id = $2 AND a.id = lines.id
     LEFT JOIN notes n ON origin = 'note' AND n.workspace_id = $1 AND n.lead_id = $2 AND n.id = lines.id
     LEFT JOIN touches t ON origin = 'request' AND t.workspace_id = $1 AND t.lead_id = $2 AND t.id = lines.id
     LEFT JOIN submissions s ON s.workspace_id = $1 AND s.id = t.submission_id
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

/** Names and hints of tokens, by id. */
export async function namesOfTokens(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { name: string; hint: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; name: string; hint: string }>(
    'SELECT id, name, hint FROM tokens WHERE workspace_id = $1 AND id = ANY($2)',
    [tx.workspaceId, ids],
    { prepared: true },
  );
  return new Map(rows.map(({ id, ...token }) => [id, token]));
}
