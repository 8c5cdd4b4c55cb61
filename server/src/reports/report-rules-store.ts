import type { Rule } from '../backup/checks-store.ts';
import { figureRules } from '../leads/figures/figure-rules-store.ts';
import { isToCreate } from './intake/intake-counts-store.ts';

/** What must always be true of everything that reports read instead of leads and requests; checked by `verify`. */
export const reportRules: readonly Rule[] = [
  ...figureRules,
  {
    name: 'the counts of requests are those of the journal',
    sql: `SELECT min(day)::text AS id FROM (
        SELECT workspace_id, day, dialect, outcome, requests FROM intake_counts
        UNION ALL SELECT c.workspace_id, (c.received_at AT TIME ZONE b.time_zone)::date, c.dialect, c.outcome, c.requests
          FROM intake_count_changes c JOIN intake_count_bases b ON b.workspace_id = c.workspace_id AND c.submission_id <= b.counted_to
        UNION ALL SELECT s.workspace_id, (s.received_at AT TIME ZONE b.time_zone)::date, s.dialect, s.outcome, -1
          FROM submissions s JOIN intake_count_bases b ON b.workspace_id = s.workspace_id AND s.id <= b.counted_to WHERE ${isToCreate}
      ) AS counted GROUP BY workspace_id, day, dialect, outcome HAVING sum(requests) <> 0`,
  },
];
