import type { Static, TSchema } from 'typebox';
import type { Tx } from '../platform/database/transaction.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';

/** The leads of a report: those that arrived in its period and match its filters. */
export interface Cohort {
  /** First and last day, in the workspace's time zone. */
  from: string;
  to: string;
  /** The same as timestamps; `end` is exclusive. */
  start: Date;
  end: Date;
  /** Ids to filter by; null for no filter. */
  departments: readonly string[] | null;
  sources: readonly string[] | null;
  /** Ids of owners, in which null stands for leads without an owner. */
  owners: readonly (string | null)[] | null;
  /** Today in the workspace's time zone. */
  today: string;
  /** Which leads the caller sees; undefined for all. */
  visibility?: Visibility | undefined;
  /**
   * All departments and sources if the figures kept by day are ready to be read; undefined if leads must be counted.
   * `waiting`: some leads are not in the figures yet.
   */
  figures?: { departments: readonly string[]; sources: readonly string[]; waiting: boolean } | undefined;
  /** The filters as written in the request, for the query string of the list of leads. */
  words: Readonly<Record<string, string>>;
}

/** What a report is computed from. */
export interface ReportInput {
  tx: Tx;
  referenceData: ReferenceData;
  cohort: Cohort;
  /** Query string that lists exactly the leads of the report, narrowed further by `more`. */
  list(more?: Readonly<Record<string, string>>): string;
}

/** Figures of one period. */
export interface Figures<Row extends TSchema, Totals extends TSchema> {
  rows: Static<Row>[];
  totals: Static<Totals>;
}

/** A report: its definition, and how it is computed. */
export interface Report<Row extends TSchema = TSchema, Totals extends TSchema = TSchema> {
  /** Last segment of its URL. */
  name: string;
  /** Name of its schema in the OpenAPI document. */
  shape: string;
  summary: string;
  /** What it counts, in one sentence. */
  definition: string;
  /** Whether it shows the present state, so that there is no earlier period to compare with. */
  isOfNow?: true;
  row: Row;
  totals: Totals;
  make(input: ReportInput): Promise<Figures<Row, Totals>>;
  /** The figures as a table: a header and one line per row. */
  table(figures: Figures<Row, Totals>): Cell[][];
}

type Cell = string | number | null;

/** Rows as a table; `columns` gives the heading of each column, and the value below it. */
export function tableOf<Row>(
  rows: readonly Row[],
  columns: Readonly<Record<string, { [Name in keyof Row]: Row[Name] extends Cell ? Name : never }[keyof Row]>>,
): Cell[][] {
  return [Object.keys(columns), ...rows.map((row) => Object.values(columns).map((name) => row[name] as Cell))];
}
