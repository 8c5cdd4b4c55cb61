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

/** A day without its year. */
export function day(value: string): string {
  return short.format(new Date(`${value}T00:00:00Z`));
}

/** The days of a range: `1 Nov`, `1 and 7 Nov` in a sentence with between. */
export function between(from: string, to: string): string {
  return from === to ? `on ${day(from)}` : `between ${day(from)} and ${day(to)}`;
}

/** How much more or less than before: `+12%`; nothing to compare with says so. */
export function change(now: number, before: number): string {
  if (before === 0) return now === 0 ? 'as before' : 'none before';
  const by = now / before - 1;
  return by === 0 ? 'as before' : `${by > 0 ? '+' : '−'}${percent.format(Math.abs(by))} vs. before`;
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
