import type { Tx } from '../../platform/database/transaction.ts';
import { type FoundLead, rowState } from '../lead-memory-store.ts';
import { leadsById } from '../lead-store.ts';
import { MOST_FOUND, unseenTexts } from './lead-list-conditions.ts';
import {
  countMatching,
  type LeadPage,
  MOST_LOOKED_AT,
  type PageQuestion,
  pageOf,
  readLeads,
} from './lead-list-store.ts';
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
 * with the number of leads. A text that the newest leads lack entirely is taken to be rare.
 */
export async function searchLeads(tx: Tx, question: PageQuestion, search: SearchText): Promise<LeadPage> {
  const patterns = patternsOf(search);
  const isStretch = question.order === 'newest' && !question.visibility && !question.sort;
  // A nearly complete number is rare, so only the index is worth searching.
  if (isStretch && search.digits.every((digits) => digits.length < NEARLY_WHOLE)) {
    const isWhole = ({ leads, next }: LeadPage) => leads.length === question.limit || !next;
    const glance = await readStretch(tx, question, patterns, GLANCE);
    if (isWhole(glance.page)) return glance.page;
    if (glance.found > 0) {
      const { page, found } = await readStretch(tx, question, patterns, NEAR);
      if (isWhole(page)) return page;
      if (found >= COMMON) return (await readStretch(tx, question, patterns, MOST_LOOKED_AT)).page;
    }
  }
  const ids = await findAll(tx, patterns);
  if (ids?.length === 0) return { leads: [], next: undefined };
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
 * conditions the scan ends as soon as the page is full, and the leads come with it.
 */
async function readStretch(
  tx: Tx,
  question: PageQuestion,
  patterns: readonly string[],
  most: number,
): Promise<{ page: LeadPage; found: number }> {
  const { limit, after, filter } = question;
  const isPlain = Object.keys(filter).length === 0;
  const params = [tx.workspaceId, patterns, after?.id ?? LAST_ID, most, isPlain ? limit + 1 : most];
  const rows = await tx.query<Stretch>(isPlain ? plainStretch : stretch, params, { prepared: true });
  const last = rows[0]?.last ?? null;
  const all = rows.filter(({ id }) => id !== null);
  const within = last === null ? all : all.filter(({ id }) => id >= last);
  const end = last === null ? undefined : { key: null, id: last };
  const ids = within.map(({ id }) => id);
  const page = isPlain ? await pageOf(tx, within, limit) : await readLeads(tx, withIds(question, ids));
  return { page: page.next ? page : { ...page, next: end }, found: all.length };
}

/** One row per match, or one without an id; `last` is where the stretch ended, null if there are no more texts. */
interface Stretch extends FoundLead {
  last: string | null;
}

const found = `WITH unseen AS MATERIALIZED (${unseenTexts}), indexed AS MATERIALIZED (
    SELECT ARRAY(SELECT lead_id FROM (
        SELECT lead_id, text FROM lead_search WHERE workspace_id = $1 AND lead_id < $3 ORDER BY lead_id DESC LIMIT $4
      ) AS texts WHERE text LIKE ANY ($2) AND lead_id NOT IN (SELECT id FROM unseen) LIMIT $5) AS ids
  ), ended AS MATERIALIZED (
    SELECT CASE WHEN cardinality(ids) < $5 THEN (
        SELECT lead_id FROM lead_search WHERE workspace_id = $1 AND lead_id < $3 ORDER BY lead_id DESC OFFSET $4 - 1 LIMIT 1
      ) ELSE ids[$5] END AS last,
      ids || ARRAY(SELECT DISTINCT id FROM unseen WHERE text LIKE ANY ($2) AND id < $3) AS ids
    FROM indexed
  )`;
const stretch = `${found} SELECT last, match.id FROM ended LEFT JOIN LATERAL unnest(ids) AS match (id) ON true`;
const plainStretch = `${found} SELECT last, match.id, match.row_state FROM ended LEFT JOIN LATERAL (
    ${leadsById(`id, ${rowState} AS row_state`, '', 'ids')}
  ) AS match ON true ORDER BY match.id DESC`;

/** Sorts after every id. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
