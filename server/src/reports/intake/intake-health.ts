import Type from 'typebox';
import { type Figures, type Report, type ReportInput, tableOf } from '../report.ts';
import { shareOf } from '../share.ts';
import { countedTo } from './intake-counts-store.ts';
import { countRequests, readCounts } from './intake-health-store.ts';

const figures = {
  accepted: Type.Integer({ description: 'Requests that created a lead.' }),
  matched: Type.Integer({ description: 'Requests that matched an existing lead.' }),
  refused: Type.Integer({ description: 'Requests that were refused or failed.' }),
  test: Type.Integer({ description: 'Test requests, which store nothing.' }),
};
const row = Type.Object({ day: Type.String({ format: 'date' }), dialect: Type.String(), ...figures });
const totals = Type.Object({
  ...figures,
  refusal_rate: Type.Number({ description: 'Share of refused requests, not counting tests, 0 to 1.' }),
});
type Counts = { accepted: number; matched: number; refused: number; test: number };

const meanings: Readonly<Record<string, keyof Counts>> = {
  accepted: 'accepted',
  merged: 'matched',
  duplicate: 'matched',
  refused: 'refused',
  failed: 'refused',
  test: 'test',
};

/** Outcomes of the requests to create leads. */
export const intakeHealth: Report<typeof row, typeof totals> = {
  name: 'intake',
  shape: 'IntakeHealth',
  summary: 'Get intake health',
  definition: 'Requests to create a lead, by day and API. The filters for department, source and owner do not apply.',
  row,
  totals,
  make,
  table: ({ rows }) =>
    tableOf(rows, {
      Day: 'day',
      API: 'dialect',
      Accepted: 'accepted',
      Matched: 'matched',
      Refused: 'refused',
      Test: 'test',
    }),
};

async function count({ tx, referenceData, cohort }: ReportInput) {
  const zone = referenceData.workspace.time_zone;
  // The counts include requests of leads that members with limited visibility do not see.
  const counted = cohort.visibility ? undefined : await countedTo(tx, zone);
  return counted === undefined ? countRequests(tx, cohort, zone) : readCounts(tx, cohort, zone, counted);
}

async function make(input: ReportInput): Promise<Figures<typeof row, typeof totals>> {
  const none = (): Counts => ({ accepted: 0, matched: 0, refused: 0, test: 0 });
  const rows = new Map<string, { day: string; dialect: string } & Counts>();
  const all = none();
  for (const { day, dialect, outcome, requests } of await count(input)) {
    const meaning = meanings[outcome] ?? 'refused';
    const one = rows.get(`${day} ${dialect}`) ?? { day, dialect, ...none() };
    one[meaning] += requests;
    all[meaning] += requests;
    rows.set(`${day} ${dialect}`, one);
  }
  const refusal_rate = shareOf(all.refused, all.accepted + all.matched + all.refused);
  return { rows: [...rows.values()], totals: { ...all, refusal_rate } };
}
