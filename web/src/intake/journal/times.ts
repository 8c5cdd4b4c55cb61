const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

/** The time if it is today, otherwise with the day: `10:58:04`, `20 Nov 10:58`. */
export function clock(at: string, now = new Date()): string {
  const moment = new Date(at);
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return sameDay(moment, now)
    ? moment.toLocaleTimeString(undefined, { ...time, second: '2-digit' })
    : moment.toLocaleString(undefined, { day: 'numeric', month: 'short', ...time });
}

/** A moment to the minute, with its day: `12 Nov, 10:03`. */
export function moment(at: string): string {
  return new Date(at).toLocaleString(undefined, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** A moment to the millisecond, with its zone. */
export function exact(at: string): string {
  return new Date(at).toLocaleString(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
}

/** A duration: `12 ms`, `1.4 s`. */
export function tookWords(ms: number): string {
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}
