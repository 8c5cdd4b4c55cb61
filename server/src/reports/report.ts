import type { Static, TSchema } from 'typebox';
import type { Tx } from '../platform/database/transaction.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';

/** The leads that a report is about: those that arrived within its days, narrowed as asked. */
export interface Cohort {
  /** The first and the last day, in the workspace's time zone. */
  from: string;
  to: string;
  /** The same as instants; `end` is the first one after. */
  start: Date;
  end: Date;
  /** Ids of which a lead must have one; null: any. */
  departments: readonly string[] | null;
  sources: readonly string[] | null;
  /** Ids of owners; null stands for nobody. */
  owners: readonly (string | null)[] | null;
  /** Whose leads the one who asks sees; undefined: all. */
  visibility?: Visibility | undefined;
  /** The same in the words of the request, as the list of leads is asked. */
  words: Readonly<Record<string, string>>;
}

/** What a report is made with. */
export interface Asked {
  tx: Tx;
  referenceData: ReferenceData;
  cohort: Cohort;
  /** The part of an address that lists exactly the leads of the report, narrowed further by `more`. */
  list(more?: Readonly<Record<string, string>>): string;
}

/** Figures of one range of days. */
export interface Figures<Row extends TSchema, Totals extends TSchema> {
  rows: Static<Row>[];
  totals: Static<Totals>;
}

/** One report: what it counts, and how. */
export interface Report<Row extends TSchema = TSchema, Totals extends TSchema = TSchema> {
  /** Last part of its address. */
  name: string;
  /** Its name in the published document. */
  shape: string;
  summary: string;
  /** What it counts, in one sentence. */
  definition: string;
  row: Row;
  totals: Totals;
  make(asked: Asked): Promise<Figures<Row, Totals>>;
  /** The same as a table: a head, and a line for each row. */
  table(figures: Figures<Row, Totals>): (string | number | null)[][];
}
