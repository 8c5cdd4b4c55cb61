/** The all-zero id. In figures it means "none", and it fills the columns that a kind does not use. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

interface Kind {
  /** Stored with the figures, so a code must never be reused for another kind. */
  code: number;
  /** Whether the totals over all departments are stored separately for each source. */
  bySource?: true;
  /** SQL that yields a row for each thing to count; it may refer to the fact `f`. */
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
 * What is counted. `f` is a fact; `value`, `item` and `member` are SQL for what a kind is broken
 * down by besides the day.
 */
const figureKinds = {
  /** Leads by status; the value is twice the furthest step, plus one if somebody has replied. */
  outcome: { code: 1, bySource: true, item: 'f.status_id', value: 'f.furthest * 2 + (f.answered IS NOT NULL)::int' },
  /** Leads by hour of arrival. */
  arrival: { code: 2, value: 'f.hour' },
  /** Leads by hour of the week of the first reply. */
  answer: { code: 3, value: 'f.answered', where: 'f.answered IS NOT NULL' },
  /** Leads by owner and status. */
  owned: { code: 4, member: 'f.owner_id', item: 'f.status_id', where: 'f.owner_id IS NOT NULL' },
  /**
   * Leads by the time taken to reach a step of the funnel, or to the first reply (step 0); the value is 1000 times the
   * step plus the `wait_class`.
   */
  wait: {
    code: 5,
    each: `(SELECT 0 AS step, f.wait WHERE f.wait IS NOT NULL UNION ALL
      SELECT step, reached.wait FROM unnest(f.reached) WITH ORDINALITY AS reached (wait, step)) AS one`,
    value: 'one.step * 1000 + wait_class(one.wait)',
  },
  /** Calls and seconds talked, by member, outcome and the day on which the calls ended. */
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

/** Columns that identify a figure, both in `lead_figures` and in the result of `pointsOf`. */
export const figureColumns = 'kind, department_id, source_id, day, member_id, item_id, value';

/**
 * Each kind is stored in total and by department and source, the latter separately for leads with and without an owner.
 */
const codes = (kind: FigureKind) => {
  const base = figureKinds[kind].code * 4;
  return { all: base, unowned: base + 2, owned: base + 3 };
};

/**
 * The stored codes of a kind: for all leads together, or by department and source, optionally without the
 * leads that have an owner.
 */
export function codesOf(kind: FigureKind, by: 'all' | 'origin' | 'unowned'): number[] {
  const { all, unowned, owned } = codes(kind);
  return { all: [all], origin: [unowned, owned], unowned: [unowned] }[by];
}

/** SQL that tells whether a row of figures is of a kind, for queries of several kinds. */
export const isOfKind = (kind: FigureKind) => `kind / 4 = ${figureKinds[kind].code}`;

/**
 * Query for what the facts in `from` (with a `sign`, 1 or -1) add to the figures of some kinds, in the columns of
 * figures. Totals over all departments and sources are rows of their own.
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
