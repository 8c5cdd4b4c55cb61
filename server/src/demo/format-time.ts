/** An instant in ISO 8601 and UTC, as JSON represents dates. */
export function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** The UTC day of an instant: YYYY-MM-DD. */
export function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
