const whole = new Intl.NumberFormat();
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const decimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

export const count = (value: number) => whole.format(value);
/** A fraction from 0 to 1 as a percentage. */
export const share = (value: number) => percent.format(value);

/** A duration in minutes: `4.5 min`, `2.1 h`, `3 d`; a dash if there is none. */
export function minutes(value: number | null): string {
  if (value === null) return '–';
  if (value < 60) return `${decimal.format(value)} min`;
  if (value < 2_880) return `${decimal.format(value / 60)} h`;
  return `${decimal.format(value / 1_440)} d`;
}

/** A number of days, or a dash. */
export function days(value: number | null): string {
  return value === null ? '–' : `${decimal.format(value)} d`;
}

/** Talk time: `1 h 20 min`, `45 s`. */
export function talk(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const total = Math.round(seconds / 60);
  return total < 60 ? `${total} min` : `${count(Math.floor(total / 60))} h ${total % 60} min`;
}

const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const long = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const instant = (value: string) => new Date(`${value}T00:00:00Z`);

/** A day without its year, for axes. */
export function day(value: string): string {
  return short.format(instant(value));
}

const monthOf = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A month: `November 2025`. */
export function month(value: string): string {
  return monthOf.format(instant(`${value}-01`));
}

/** A range of days: `1–7 Nov 2025`. */
export function span(from: string, to: string): string {
  return long.formatRange(instant(from), instant(to));
}

/** A range of days as part of a sentence: `between 1 Nov and 7 Nov 2025`. */
export function between(from: string, to: string): string {
  if (from === to) return `on ${long.format(instant(from))}`;
  const isOneYear = from.slice(0, 4) === to.slice(0, 4);
  return `between ${isOneYear ? day(from) : long.format(instant(from))} and ${long.format(instant(to))}`;
}

/** The change from the previous period: `+12% vs. previous`, or a note that there is nothing to compare with. */
export function change(now: number, before: number): string {
  if (before === 0) return now === 0 ? 'no change' : 'none previously';
  const by = now / before - 1;
  return by === 0 ? 'no change' : `${by > 0 ? '+' : '−'}${percent.format(Math.abs(by))} vs. previous`;
}

const points = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** The change of a share in percentage points: `+2.1 points vs. previous`. */
export function shareChange(now: number, before: number): string {
  const by = Math.round((now - before) * 1000) / 10;
  return by === 0 ? 'no change' : `${by > 0 ? '+' : '−'}${points.format(Math.abs(by))} points vs. previous`;
}

/** Returns a function that finds the matching row of the previous period. */
export function wasBefore<Row>(
  previous: { rows: readonly Row[] } | null,
  keyOf: (row: Row) => unknown,
): (row: Row) => Row | undefined {
  const before = new Map(previous?.rows.map((row) => [keyOf(row), row]));
  return (row) => before.get(keyOf(row));
}

/** The weekdays, starting with Monday. */
export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
