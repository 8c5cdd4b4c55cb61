const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

const toTheMinute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const day = { day: 'numeric', month: 'short' } as const;

/** The time if it is today, otherwise with the day: `10:58:04`, `20 Nov 10:58`. */
export function clock(at: string, now = new Date()): string {
  const moment = new Date(at);
  return sameDay(moment, now)
    ? moment.toLocaleTimeString(undefined, { ...toTheMinute, second: '2-digit' })
    : moment.toLocaleString(undefined, { ...day, ...toTheMinute });
}

/** A moment to the minute, with its day: `12 Nov, 10:03`. */
export function moment(at: string): string {
  return new Date(at).toLocaleString(undefined, { ...day, ...toTheMinute });
}

/** A moment to the millisecond, with its zone. */
export function exact(at: string): string {
  return new Date(at).toLocaleString(undefined, {
    ...day,
    ...toTheMinute,
    weekday: 'short',
    year: 'numeric',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
  });
}

/** A duration: `12 ms`, `1.4 s`. */
export function tookWords(ms: number): string {
  return ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}
