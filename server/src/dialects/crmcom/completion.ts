import { dayIn, objectFields, parseDate } from '../field-rules.ts';
import { type LeadRequest, readField } from './lead-request.ts';
import type { ViewContext } from './view-context.ts';
import { objectNames } from './wire.ts';

/** CRM.COM's time period object. */
export interface Period {
  time_period_value: number;
  time_period_uot: string;
}

const DAY = 86_400_000;
/** In ms; months and years follow the calendar. */
const units = new Map([
  ['MINUTES', 60_000],
  ['HOURS', 3_600_000],
  ['DAYS', DAY],
  ['WEEKS', 7 * DAY],
]);
const calendarUnits = new Map([
  ['MONTHS', 1],
  ['YEARS', 12],
]);
const allUnits = [...units.keys(), ...calendarUnits.keys()];

/**
 * Reads `estimated_completion_time`; call it after the dates have been read. If the request has no expected date, it is
 * computed by adding this period to the start date or, if the request has none either, to today.
 */
export function readCompletion(request: LeadRequest): void {
  const { values, memory, fieldRules } = request;
  const expected = values.expected_completion_date;
  const { at, value } = readField(request, objectNames.period);
  // The earlier estimate no longer holds when the request sends null, or a new expected date without a period.
  if (value === null || (value === undefined && expected !== undefined && request.isUpdate))
    memory.set(objectNames.period[0], null);
  if (value === undefined || value === null) return;
  const period = readPeriod(request, at, value);
  if (!period) return;
  const { now, referenceData } = request.context;
  const from = values.start_date ?? dayIn(now, referenceData.workspace.time_zone);
  memory.set(objectNames.period[0], { ...period, from });
  if (expected) return;
  const end = addPeriod(from, period);
  if (end === undefined) {
    fieldRules.fail(`${at}.time_period_value`, 'too_big');
    return;
  }
  values.expected_completion_date = end;
  memory.set('expected_completion_date', null);
}

function readPeriod({ fieldRules }: LeadRequest, at: string, value: unknown): Period | undefined {
  const sent = objectFields(value);
  if (!sent) return fieldRules.fail(at, 'not_object');
  const fields = new Map([...sent].map(([name, inner]) => [`${at}.${name}`, inner]));
  const before = fieldRules.issues.length;
  const unit = fieldRules.requiredText(fields, `${at}.time_period_uot`)?.trim().toUpperCase();
  if (unit !== undefined && !allUnits.includes(unit))
    fieldRules.fail(`${at}.time_period_uot`, 'not_in_list', { allowed: allUnits });
  const count = fieldRules.number(fields, `${at}.time_period_value`, { min: 0, max: 1_000_000_000 });
  if (fieldRules.issues.length > before) return undefined;
  if (count === undefined || unit === undefined) return fieldRules.fail(`${at}.time_period_value`, 'required');
  if (calendarUnits.has(unit) && !Number.isInteger(count))
    return fieldRules.fail(`${at}.time_period_value`, 'not_integer');
  return { time_period_value: count, time_period_uot: unit };
}

/** Adds a period to a day (YYYY-MM-DD); undefined beyond the range of valid dates. */
function addPeriod(day: string, { time_period_value: count, time_period_uot: unit }: Period): string | undefined {
  const start = Date.parse(`${day}T00:00:00Z`);
  const months = calendarUnits.get(unit);
  const end = months === undefined ? start + count * (units.get(unit) ?? DAY) : addMonths(start, count * months);
  const date = new Date(end);
  return Number.isNaN(date.getTime()) ? undefined : parseDate(date.toISOString().slice(0, 10));
}

/** A day past the end of the resulting month becomes that month's last day. */
function addMonths(start: number, months: number): number {
  const date = new Date(start);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, Math.min(date.getUTCDate(), last));
}

/** The start date to show: the stored one, else the day on which the lead was created, in the workspace's time zone. */
export function startOf({ lead, referenceData }: ViewContext): string {
  return lead.start_date ?? dayIn(lead.created_at, referenceData.workspace.time_zone);
}

/** The estimate as sent, as long as it still matches the lead's dates; otherwise the days between them. */
export function shownPeriod(viewed: ViewContext): Period | null {
  const { lead, memory } = viewed;
  const end = lead.expected_completion_date;
  if (end === null) return null;
  const start = startOf(viewed);
  const remembered = rememberedPeriod(memory.get(objectNames.period[0]));
  const ownDate = memory.get('expected_completion_date');
  if (remembered && (lead.start_date === null || remembered.from === start)) {
    const leadsTo = typeof ownDate === 'string' ? parseDate(ownDate) : addPeriod(remembered.from, remembered.period);
    if (leadsTo === end) return remembered.period;
  }
  const days = (Date.parse(`${end}T00:00:00Z`) - Date.parse(`${start}T00:00:00Z`)) / DAY;
  return days >= 0 ? { time_period_value: days, time_period_uot: 'DAYS' } : null;
}

function rememberedPeriod(value: unknown): { period: Period; from: string } | undefined {
  const fields = objectFields(value);
  const [count, unit, from] = ['time_period_value', 'time_period_uot', 'from'].map((name) => fields?.get(name));
  if (typeof count !== 'number' || typeof unit !== 'string' || typeof from !== 'string') return undefined;
  return { period: { time_period_value: count, time_period_uot: unit }, from };
}
