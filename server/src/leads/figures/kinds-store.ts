/** The id of zeros: stands in figures for none, and where a kind does not distinguish. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

interface Kind {
  /** Never given to another kind: it is stored. */
  code: number;
  /** Whether the sums over all departments are kept by source. */
  bySource?: true;
  /** Counted once for each row of this SQL, which sees the fact `f`. */
  each?: string;
  day?: string;
  member?: string;
  item?: string;
  value?: string;
  count?: string;
  seconds?: string;
  where?: string;
}

const record = (column: string, more: string) =>
  `jsonb_to_recordset(f.${column}) AS one (day date, member uuid, calls integer, ${more})`;

/**
 * What is summed. `f` is a fact; `value`, `item` and `member` are SQL for what a kind distinguishes besides the day.
 */
const figureKinds = {
  /** Leads by status; the value is the furthest step, doubled, and one more if somebody has replied. */
  outcome: { code: 1, bySource: true, item: 'f.status_id', value: 'f.furthest * 2 + (f.answered IS NOT NULL)::int' },
  /** Leads by hour of arrival. */
  arrival: { code: 2, value: 'f.hour' },
  /** Leads by hour of the week of the first reply. */
  answer: { code: 3, value: 'f.answered', where: 'f.answered IS NOT NULL' },
  /** Leads by owner and status. */
  owned: { code: 4, member: 'f.owner_id', item: 'f.status_id', where: 'f.owner_id IS NOT NULL' },
  /** Leads by how long they took to a step of the funnel, or to the first reply (step 0); see `waitValue`. */
  wait: {
    code: 5,
    each: `(SELECT 0 AS step, f.wait WHERE f.wait IS NOT NULL UNION ALL
      SELECT step, reached.wait FROM unnest(f.reached) WITH ORDINALITY AS reached (wait, step)) AS one`,
    value: 'one.step * 1000 + wait_class(one.wait)',
  },
  /** Calls by the day on which they ended, member and outcome, and the seconds talked. */
  call: {
    code: 6,
    each: record('calls', 'outcome uuid, seconds bigint'),
    day: 'one.day',
    member: 'one.member',
    item: 'one.outcome',
    count: 'one.calls',
    seconds: 'one.seconds',
    where: 'f.calls IS NOT NULL',
  },
  /** Callbacks by day and member; the value is 1 for those on time. */
  callback: {
    code: 7,
    each: record('callbacks', 'kept integer'),
    day: 'one.day',
    member: 'one.member',
    value: 'one.kept',
    count: 'one.calls',
    where: 'f.callbacks IS NOT NULL',
  },
} as const satisfies Record<string, Kind>;
export type FigureKind = keyof typeof figureKinds;

/** What the columns of figures are called in `points`. */
export const figureColumns = 'kind, department_id, source_id, day, member_id, item_id, value';

/** Each kind is summed up in total and by department and source, separately for leads with and without an owner. */
const codes = (kind: FigureKind) => {
  const base = figureKinds[kind].code * 4;
  return { all: base, unowned: base + 2, owned: base + 3 };
};

/**
 * The stored codes of a kind: for all leads together, or by department and source, where those with an owner can be
 * left out.
 */
export function codesOf(kind: FigureKind, by: 'all' | 'origin' | 'unowned'): number[] {
  const { all, unowned, owned } = codes(kind);
  return { all: [all], origin: [unowned, owned], unowned: [unowned] }[by];
}

/**
 * A query for what the facts `from` (with a `sign`, 1 or -1) add to the figures of some kinds, in the columns of
 * figures. Totals over all departments and sources come as rows of their own.
 */
export function pointsOf(kinds: readonly FigureKind[], from: string): string {
  return kinds
    .map((name) => {
      const kind: Kind = figureKinds[name];
      const { all, unowned, owned } = codes(name);
      const id = (column: string | undefined) => (column ? `coalesce(${column}, '${NOBODY}')` : `'${NOBODY}'::uuid`);
      const whole = (column: string) => `CASE WHEN by.origin THEN ${id(column)} ELSE '${NOBODY}' END`;
      return `SELECT f.workspace_id, CASE WHEN NOT by.origin THEN ${all} WHEN f.owner_id IS NULL THEN ${unowned} ELSE ${owned} END AS kind,
        ${whole('f.department_id')} AS department_id, ${kind.bySource ? id('f.source_id') : whole('f.source_id')} AS source_id,
        ${kind.day ?? 'f.day'} AS day, ${id(kind.member)} AS member_id, ${id(kind.item)} AS item_id,
        (${kind.value ?? '0'})::integer AS value, f.sign * ${kind.count ?? '1'} AS leads, f.sign * ${kind.seconds ?? '0'} AS seconds
      FROM ${from} f CROSS JOIN (VALUES (false), (true)) AS by (origin)
      ${kind.each ? `CROSS JOIN LATERAL ${kind.each}` : ''}
      WHERE ${kind.where ?? 'true'}`;
    })
    .join('\n    UNION ALL ');
}

export const allKinds = Object.keys(figureKinds) as FigureKind[];
