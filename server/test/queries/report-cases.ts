import { countMemberActivity } from '../../src/reports/agents-store.ts';
import { countByHour } from '../../src/reports/arrivals-store.ts';
import { countReached } from '../../src/reports/funnel-store.ts';
import { countRequests, readCounts } from '../../src/reports/intake/intake-health-store.ts';
import { countByDayAndSource } from '../../src/reports/leads-by-day-store.ts';
import type { Cohort } from '../../src/reports/report.ts';
import { sumExpected, sumWon } from '../../src/reports/revenue-store.ts';
import { countBySource } from '../../src/reports/sources-store.ts';
import { measureWaits } from '../../src/reports/speed-store.ts';
import { countByStatus } from '../../src/reports/statuses-store.ts';
import { type Ask, AT, askers, type Cases, each, ID } from './cases.ts';

const zone = 'Europe/London';
const days = { from: '2031-03-12', to: '2031-03-12', today: '2031-03-12', start: AT, end: AT, words: {} };
const figures = { departments: [ID], sources: [ID], waiting: false };
const whole: Cohort = { ...days, departments: null, sources: null, owners: null };
const cohorts: Readonly<Record<string, Cohort>> = {
  ...Object.fromEntries(
    Object.entries(askers).map(([who, visibility]) => [`as seen by ${who}`, { ...whole, visibility }]),
  ),
  'of some departments, sources and owners': { ...whole, departments: [ID], sources: [ID], owners: [ID, null] },
  'from figures': { ...whole, figures },
  'from figures, of some owners': { ...whole, owners: [ID, null], figures: { ...figures, waiting: true } },
};

const reports: Readonly<Record<string, (cohort: Cohort) => Ask>> = {
  'Leads by day and source': (cohort) => (tx) => countByDayAndSource(tx, cohort, zone),
  'Leads by source': (cohort) => (tx) => countBySource(tx, cohort),
  'Won deals by month': (cohort) => (tx) => sumWon(tx, cohort, [ID], 'month'),
  'Won deals by owner': (cohort) => (tx) => sumWon(tx, cohort, [ID], 'owner'),
  'Won deals by source': (cohort) => (tx) => sumWon(tx, cohort, [ID], 'source'),
  'Open deals by month of closing': (cohort) => (tx) => sumExpected(tx, cohort, [ID]),
  'Leads by status': (cohort) => (tx) => countByStatus(tx, cohort),
  'Leads by hour of the week': (cohort) => (tx) => countByHour(tx, cohort, zone),
  'Waits for the first reply': (cohort) => (tx) => measureWaits(tx, cohort, zone),
  'Steps of the funnel': (cohort) => (tx) => countReached(tx, cohort, [{ status_id: ID, step: 1 }], 2),
  'What members did': (cohort) => (tx) => countMemberActivity(tx, cohort, [ID]),
};

export const reportCases: Cases = {
  ...each(reports, (name, report) => each(cohorts, (which, cohort) => ({ [`${name}, ${which}`]: report(cohort) }))),
  'Requests by day, dialect and outcome': (tx) => countRequests(tx, whole, zone),
  'Requests by day, dialect and outcome, from the counts': (tx) => readCounts(tx, whole, zone, ID),
};
