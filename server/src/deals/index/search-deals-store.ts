import { containing } from '../../platform/database/like-pattern.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { fold } from '../../platform/fold/fold.ts';
import type { Conditions } from '../../workspaces/access/conditions.ts';
import { type IndexedFilter, ownOnly } from './indexed-deals-store.ts';

/** If a word occurs in more deals than this, only the newest deals are searched. */
const MOST_FOUND = 2_000;
/**
 * How many of the newest deals are searched for common or very short words; for a member who sees only their own leads,
 * how many of theirs.
 */
const NEWEST = 20_000;
/** How many of the newest deals usually contain a full page of deals with a common word. */
export const NEAR = 5_000;
/** Shortest pattern for the trigram index, which needs three letters between the two wildcards. */
const SHORTEST = 5;

/** A text to be found in deals, and the rows to search. */
export interface TextMatch {
  pattern: string;
  /** FROM item for the rows of `deal_index` that may match; its parameters are added to `where`. */
  among(where: Conditions): string;
}

/** Searches the newest deals that the caller may see. */
export function amongNewest(text: string, { visibility, lead_id }: IndexedFilter, most = NEWEST): TextMatch {
  const own = ownOnly(visibility);
  return {
    pattern: containing(fold(text)),
    among: (where) => {
      if (lead_id !== undefined) return 'deal_index';
      const whose = own ? ` AND lead_owner_id = ${where.param(own)}` : '';
      return `(SELECT * FROM deal_index WHERE workspace_id = $1${whose} ORDER BY deal_id DESC LIMIT ${most})`;
    },
  };
}

/**
 * Chooses where to search for a text: the deals found by the text index if there are few, otherwise the newest deals.
 */
export async function locate(tx: Tx, text: string, filter: IndexedFilter): Promise<TextMatch> {
  const newest = amongNewest(text, filter);
  const ids = filter.lead_id === undefined && (await findByText(tx, newest.pattern));
  if (!ids) return newest;
  const among: TextMatch['among'] = (where) =>
    `(SELECT * FROM deal_index WHERE workspace_id = $1 AND deal_id = ANY (${where.param(ids)}::uuid[]))`;
  return { ...newest, among };
}

/** Ids of the deals found by the text index; undefined if the text is too short or too common. */
async function findByText(tx: Tx, pattern: string): Promise<string[] | undefined> {
  if (pattern.length < SHORTEST) return undefined;
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM deal_texts_like($1, $2) AS found (id)',
    [pattern, MOST_FOUND + 1],
    { name: 'deal_texts_like' },
  );
  return rows.length > MOST_FOUND ? undefined : rows.map(({ id }) => id);
}
