import type { Tx } from '../../platform/database/transaction.ts';
import { fold } from '../../platform/fold/fold.ts';
import type { Conditions } from '../../workspaces/access/conditions.ts';
import type { IndexedFilter } from './indexed-deals-store.ts';

/** If a word occurs in more deals than this, only the newest deals are searched. */
const MOST_FOUND = 2_000;
/** Newest deals that are searched for common or very short words. */
const NEWEST = 20_000;
/** Newest deals among which a page of common words is usually found. */
export const NEAR = 5_000;
/** A trigram index needs three letters between the two wildcards. */
const SHORTEST = 5;

/** A text to be found in deals, and where to look for it. */
export interface TextMatch {
  pattern: string;
  /** FROM item of the rows of `deal_index` that may match; `where` takes its parameters. */
  among(where: Conditions): string;
}

/** The newest rows of the index. */
export function newestDeals(most: number): string {
  return `(SELECT * FROM deal_index WHERE workspace_id = $1 ORDER BY deal_id DESC LIMIT ${most})`;
}

export function patternOf(text: string): string {
  return `%${fold(text).replace(/[\\%_]/g, '\\$&')}%`;
}

/** Where to look for a text: by the text index if few deals have it, otherwise among the newest deals. */
export async function locate(tx: Tx, text: string, filter: IndexedFilter): Promise<TextMatch> {
  const pattern = patternOf(text);
  const ids = await findByText(tx, pattern);
  if (ids)
    return {
      pattern,
      among: (where) =>
        `(SELECT * FROM deal_index WHERE workspace_id = $1 AND deal_id = ANY (${where.param(ids)}::uuid[]))`,
    };
  // One lead, or a member's own leads, have few deals: all of them are looked at.
  const { visibility, lead_id } = filter;
  const isFew = lead_id !== undefined || (visibility?.owners.length === 1 && visibility.departments.length === 0);
  return { pattern, among: () => (isFew ? 'deal_index' : newestDeals(NEWEST)) };
}

/** Ids of the deals that match in the index; undefined if the word is too short or too common. */
async function findByText(tx: Tx, pattern: string): Promise<string[] | undefined> {
  if (pattern.length < SHORTEST) return undefined;
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM deal_texts_like($1, $2) AS found (id)',
    [pattern, MOST_FOUND + 1],
    { name: 'deal_texts_like' },
  );
  return rows.length > MOST_FOUND ? undefined : rows.map(({ id }) => id);
}
