/** How the cards of a column can be sorted. */
export const cardSorts = ['next_step', 'newest', 'oldest', 'amount', 'close_date'] as const;
export type CardSort = (typeof cardSorts)[number];

/** Position in a column: the band, the key within it as the database's exact text, and the id. */
export interface Position {
  band: number;
  at: string | null;
  id: string;
}

type KeyType = 'timestamptz' | 'date' | 'numeric';

/**
 * Part of a column whose cards have a single sort order and are read from a single index. Cards `c` have the columns
 * `id`, `next_step_at`, `end_date`, `amount` and `closed_on`.
 */
export interface Band {
  /** Condition for its cards; `dayEnd` is a parameter with the end of today. */
  holds(dayEnd: string): string;
  /** The column its cards are sorted by, before their id. */
  key?: { column: string; type: KeyType };
  descending: boolean;
  usesDay: boolean;
}

const band = (holds: string, descending: boolean, column?: string, type: KeyType = 'timestamptz'): Band => ({
  holds: (dayEnd) => holds.replace('today', dayEnd),
  descending,
  usesDay: holds.includes('today'),
  ...(column && { key: { column, type } }),
});

const byStep = [
  band('c.next_step_at < today', false, 'c.next_step_at'),
  band('c.next_step_at IS NULL', true),
  band('c.next_step_at >= today', false, 'c.next_step_at'),
];

const bandsOf: Readonly<Record<CardSort, readonly Band[]>> = {
  next_step: byStep,
  newest: [band('true', true)],
  oldest: [band('true', false)],
  amount: [band('true', true, "coalesce(c.amount, '-Infinity')", 'numeric')],
  close_date: [band('c.end_date IS NOT NULL', false, 'c.end_date', 'date'), band('c.end_date IS NULL', true)],
};

/** Closed deals have no next step; the most recently closed come first. */
const byClosing = [band('c.closed_on IS NOT NULL', true, 'c.closed_on', 'date'), band('c.closed_on IS NULL', true)];

/** The bands of a column, first to last. */
export function bandsFor(sort: CardSort, isOfClosedDeals: boolean): readonly Band[] {
  return sort === 'next_step' && isOfClosedDeals ? byClosing : bandsOf[sort];
}

/** Whether a text can be the key of a position in this band. */
export function isKeyOf({ key }: Band, text: string | null): boolean {
  if (!key || text === null) return !key && text === null;
  if (key.type === 'numeric') return /^-?(?:Infinity|\d{1,12}(?:\.\d{1,2})?)$/.test(text);
  if (key.type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text);
  return /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text));
}
