const whole = new Intl.NumberFormat();
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const decimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** A count. */
export const count = (value: number) => whole.format(value);
/** A part of a whole, 0 to 1, as percent. */
export const share = (value: number) => percent.format(value);

/** Minutes as people say them: `4.5 min`, `2.1 h`, `3 d`; a dash where there is nothing to say. */
export function minutes(value: number | null): string {
  if (value === null) return '–';
  if (value < 60) return `${decimal.format(value)} min`;
  if (value < 2_880) return `${decimal.format(value / 60)} h`;
  return `${decimal.format(value / 1_440)} d`;
}

/** Days, with a dash where there is nothing to say. */
export function days(value: number | null): string {
  return value === null ? '–' : `${decimal.format(value)} d`;
}

/** How long was talked: `1 h 20 m`, `45 s`. */
export function talk(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const [hours, rest] = [Math.floor(seconds / 3600), Math.round((seconds % 3600) / 60)];
  return hours > 0 ? `${count(hours)} h ${rest} m` : `${rest} m`;
}

const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const long = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const instant = (value: string) => new Date(`${value}T00:00:00Z`);

/** A day without its year, as axes have it. */
export function day(value: string): string {
  return short.format(instant(value));
}

/** The days of a range: `1–7 Nov 2025`. */
export function span(from: string, to: string): string {
  return long.formatRange(instant(from), instant(to));
}

/** The same in a sentence: `between 1 Nov and 7 Nov 2025`. */
export function between(from: string, to: string): string {
  if (from === to) return `on ${long.format(instant(from))}`;
  const isOneYear = from.slice(0, 4) === to.slice(0, 4);
  return `between ${isOneYear ? day(from) : long.format(instant(from))} and ${long.format(instant(to))}`;
}

/** How much more or less than before: `+12%`; nothing to compare with says so. */
export function change(now: number, before: number): string {
  if (before === 0) return now === 0 ? 'as before' : 'none before';
  const by = now / before - 1;
  return by === 0 ? 'as before' : `${by > 0 ? '+' : '−'}${percent.format(Math.abs(by))} vs. before`;
}

const points = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** How a share has moved, in points of percent: `+2.1 points vs. before`. */
export function shareChange(now: number, before: number): string {
  const by = Math.round((now - before) * 1000) / 10;
  return by === 0 ? 'as before' : `${by > 0 ? '+' : '−'}${points.format(Math.abs(by))} points vs. before`;
}

/** Finds what a row was in the days before. */
export function wasBefore<Row>(
  previous: { rows: readonly Row[] } | null,
  keyOf: (row: Row) => unknown,
): (row: Row) => Row | undefined {
  const before = new Map(previous?.rows.map((row) => [keyOf(row), row]));
  return (row) => before.get(keyOf(row));
}

/** Weekdays from Monday on. */
export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** Dialects as people call them. */
export const dialectNames: Readonly<Record<string, string>> = {
  getlead: 'Getlead',
  ispcrm: 'ISPCRM',
  crmcom: 'CRM.COM',
  dialler: 'Dialler',
  overplane: 'Overplane',
  native: 'Leadwell API',
};
