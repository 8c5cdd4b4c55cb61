/** An instant as JSON has it. */
export function date(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** Its day in UTC. */
export function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
