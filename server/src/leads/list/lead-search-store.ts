import type { Tx } from '../../platform/database/transaction.ts';
import { MOST_FOUND, unseenTexts } from './lead-list-conditions.ts';
import { countMatching, type LeadPage, MOST_LOOKED_AT, type PageQuestion, readLeads } from './lead-list-store.ts';
import { patternsOf, type SearchText } from './search-text.ts';

/** How many of the newest texts are gone through before the index is asked: common words are among them. */
const NEAR = 5_000;
/** A text that so many of the newest hold is a common one: the index would find far too many. */
const COMMON = 25;
/** How many leads are looked up one by one: dearer than going through texts in their own order. */
const MOST_LOOKED_UP = 2_000;

/**
 * A page of the leads that hold a text. Common words are found among the newest texts; rare ones by the index, all of
 * them at once; what lies between is searched for stretch by stretch, a page each. So no search costs more because there
 * are more leads.
 */
export async function searchLeads(tx: Tx, question: PageQuestion, search: SearchText): Promise<LeadPage> {
  const patterns = patternsOf(search);
  const isStretch = question.order === 'newest' && !question.visibility;
  if (isStretch && search.digits.length === 0) {
    const { page, found } = await readStretch(tx, question, patterns, NEAR);
    if (page.leads.length === question.limit || !page.next) return page;
    if (found >= COMMON) return (await readStretch(tx, question, patterns, MOST_LOOKED_AT)).page;
  }
  const ids = await findAll(tx, patterns);
  if (ids) return readLeads(tx, withIds(question, ids));
  return isStretch
    ? (await readStretch(tx, question, patterns, MOST_LOOKED_AT)).page
    : readLeads(tx, { ...question, patterns, most: MOST_LOOKED_UP });
}

/** How many leads hold a text; not `exact` when it is too common, or too short, to be counted. */
export async function countSearched(
  tx: Tx,
  question: Omit<PageQuestion, 'limit' | 'after'>,
  search: SearchText,
  most: number,
): Promise<{ count: number; exact: boolean }> {
  const patterns = patternsOf(search);
  const ids = await findAll(tx, patterns);
  if (ids) return countMatching(tx, withIds(question, ids), most);
  return countMatching(tx, { ...question, patterns, most: MOST_LOOKED_UP }, most);
}

function withIds<Q extends Pick<PageQuestion, 'filter'>>(question: Q, ids: readonly string[]): Q {
  return { ...question, filter: { ...question.filter, ids } };
}

/** All leads whose text is like one of these; undefined when there are more than MOST_FOUND, or the text is too short. */
async function findAll(tx: Tx, patterns: readonly string[]): Promise<string[] | undefined> {
  if (patterns.some((pattern) => pattern.length < SHORTEST)) return undefined;
  const rows = await tx.query<{ id: string }>(
    `WITH unseen AS MATERIALIZED (${unseenTexts})
     SELECT id FROM leads_like($2, $3) AS found (id) WHERE id NOT IN (SELECT id FROM unseen)
     UNION ALL SELECT id FROM unseen WHERE text LIKE ANY ($2)`,
    [tx.workspaceId, patterns, MOST_FOUND + 1],
  );
  return rows.length > MOST_FOUND ? undefined : rows.map(({ id }) => id);
}

/** Three letters between two signs make the first trigram. */
const SHORTEST = 5;

/** A page of one stretch of texts, from where the page before ended, and how many of them hold what is sought. */
async function readStretch(
  tx: Tx,
  question: PageQuestion,
  patterns: readonly string[],
  most: number,
): Promise<{ page: LeadPage; found: number }> {
  const [stretch] = await tx.query<{ looked: number; last: string | null; ids: string[] }>(
    `WITH unseen AS MATERIALIZED (${unseenTexts}), texts AS MATERIALIZED (
       SELECT lead_id, text FROM lead_search WHERE workspace_id = $1 AND lead_id < $3 ORDER BY lead_id DESC LIMIT $4
     )
     SELECT (SELECT count(*) FROM texts) AS looked, (SELECT lead_id FROM texts ORDER BY lead_id LIMIT 1) AS last,
       ARRAY(SELECT lead_id FROM texts WHERE text LIKE ANY ($2) AND lead_id NOT IN (SELECT id FROM unseen)
         UNION ALL SELECT id FROM unseen WHERE text LIKE ANY ($2) AND id < $3) AS ids`,
    [tx.workspaceId, patterns, question.after?.id ?? LAST_ID, most],
  );
  const { looked = 0, last = null, ids = [] } = stretch ?? {};
  const found = ids.length;
  if (last === null || looked < most) return { page: await readLeads(tx, withIds(question, ids)), found };
  const within = ids.filter((id) => id >= last);
  const page = await readLeads(tx, withIds(question, within));
  return { page: page.next ? page : { ...page, next: { key: null, id: last } }, found };
}

/** After every id there is. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
