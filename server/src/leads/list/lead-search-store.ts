import type { Tx } from '../../platform/database/transaction.ts';
import { MOST_FOUND, unseenTexts } from './lead-list-conditions.ts';
import { countMatching, type LeadPage, MOST_LOOKED_AT, type PageQuestion, readLeads } from './lead-list-store.ts';
import { patternsOf, type SearchText } from './search-text.ts';

/** Newest texts scanned first: a few letters are found often enough among them to fill a page. */
const GLANCE = 500;
/** Number of newest texts scanned before the index is used, enough to find common words. */
const NEAR = 5_000;
/** From this many matches among the newest texts, a text is common and the index would return far too many leads. */
const COMMON = 25;
/** From this many digits, a number is searched for in the index only. */
const NEARLY_WHOLE = 7;
/** Most leads that are looked up individually, which costs more than scanning texts in their own order. */
const MOST_LOOKED_UP = 2_000;

/**
 * A page of the leads that contain a text. Common words are found among the newest texts, rare ones by the index in one
 * query, and anything in between by scanning a limited range per page. The cost of a search therefore does not grow
 * with the number of leads.
 */
export async function searchLeads(tx: Tx, question: PageQuestion, search: SearchText): Promise<LeadPage> {
  const patterns = patternsOf(search);
  const isStretch = question.order === 'newest' && !question.visibility && !question.sort;
  // A nearly complete number is rare, so only the index is worth searching.
  if (isStretch && search.digits.every((digits) => digits.length < NEARLY_WHOLE)) {
    const isWhole = ({ leads, next }: LeadPage) => leads.length === question.limit || !next;
    const glance = await readStretch(tx, question, patterns, GLANCE);
    if (isWhole(glance.page)) return glance.page;
    const { page, found } = await readStretch(tx, question, patterns, NEAR);
    if (isWhole(page)) return page;
    if (found >= COMMON) return (await readStretch(tx, question, patterns, MOST_LOOKED_AT)).page;
  }
  const ids = await findAll(tx, patterns);
  if (ids) return readLeads(tx, withIds(question, ids));
  return isStretch
    ? (await readStretch(tx, question, patterns, MOST_LOOKED_AT)).page
    : readLeads(tx, { ...question, patterns, most: MOST_LOOKED_UP });
}

/** Counts the leads that contain a text; not `exact` if the text is too common or too short to be counted. */
export async function countSearched(
  tx: Tx,
  question: Omit<PageQuestion, 'limit' | 'after'>,
  search: SearchText,
  most: number,
): Promise<{ count: number; exact: boolean }> {
  return countMatching(tx, await searched(tx, question, search), most);
}

/**
 * Limits a question to the leads that contain a text: by their ids or, if there are too many, by
 * patterns for their texts.
 */
export async function searched<Q extends Pick<PageQuestion, 'filter' | 'patterns' | 'most'>>(
  tx: Tx,
  question: Q,
  search: SearchText,
): Promise<Q> {
  const patterns = patternsOf(search);
  const ids = await findAll(tx, patterns);
  return ids ? withIds(question, ids) : { ...question, patterns, most: MOST_LOOKED_UP };
}

function withIds<Q extends Pick<PageQuestion, 'filter'>>(question: Q, ids: readonly string[]): Q {
  return { ...question, filter: { ...question.filter, ids } };
}

/** All leads matching the patterns; undefined if there are more than MOST_FOUND or a pattern is too short. */
async function findAll(tx: Tx, patterns: readonly string[]): Promise<string[] | undefined> {
  if (patterns.some((pattern) => pattern.length < SHORTEST)) return undefined;
  const rows = await tx.query<{ id: string }>(
    `WITH unseen AS MATERIALIZED (${unseenTexts})
     SELECT id FROM leads_like($2, $3) AS found (id) WHERE id NOT IN (SELECT id FROM unseen)
     UNION ALL SELECT id FROM unseen WHERE text LIKE ANY ($2)`,
    [tx.workspaceId, patterns, MOST_FOUND + 1],
    { prepared: true },
  );
  return rows.length > MOST_FOUND ? undefined : rows.map(({ id }) => id);
}

/** The index needs three characters (one trigram); the pattern adds two percent signs. */
const SHORTEST = 5;

/**
 * Scans the texts after the previous page's end; returns a page of leads and the number of matches. Without other
 * conditions the scan ends as soon as the page is full.
 */
async function readStretch(
  tx: Tx,
  question: PageQuestion,
  patterns: readonly string[],
  most: number,
): Promise<{ page: LeadPage; found: number }> {
  const isPlain = Object.keys(question.filter).length === 0;
  const enough = isPlain ? question.limit + 1 : most;
  const [stretch] = await tx.query<{ last: string | null; ids: string[] }>(
    `WITH unseen AS MATERIALIZED (${unseenTexts}), found AS MATERIALIZED (
       SELECT ARRAY(SELECT lead_id FROM (
           SELECT lead_id, text FROM lead_search WHERE workspace_id = $1 AND lead_id < $3 ORDER BY lead_id DESC LIMIT $4
         ) AS texts WHERE text LIKE ANY ($2) AND lead_id NOT IN (SELECT id FROM unseen) LIMIT $5) AS ids
     )
     SELECT CASE WHEN cardinality(ids) < $5 THEN (
         SELECT lead_id FROM lead_search WHERE workspace_id = $1 AND lead_id < $3 ORDER BY lead_id DESC OFFSET $4 - 1 LIMIT 1
       ) ELSE ids[$5] END AS last,
       ids || ARRAY(SELECT id FROM unseen WHERE text LIKE ANY ($2) AND id < $3) AS ids
     FROM found`,
    [tx.workspaceId, patterns, question.after?.id ?? LAST_ID, most, enough],
    { prepared: true },
  );
  const { last = null, ids = [] } = stretch ?? {};
  const found = ids.length;
  if (last === null) return { page: await readLeads(tx, withIds(question, ids)), found };
  const within = ids.filter((id) => id >= last);
  const page = await readLeads(tx, withIds(question, within));
  return { page: page.next ? page : { ...page, next: { key: null, id: last } }, found };
}

/** Sorts after every id. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
