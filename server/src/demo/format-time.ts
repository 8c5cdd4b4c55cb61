/** An instant as JSON writes it. */
export function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** The day of an instant in UTC. */
export function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
