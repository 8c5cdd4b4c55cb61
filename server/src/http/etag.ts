/** The version of a lead as an ETag. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/** The version that a change is meant for, as GET answers it in its ETag; undefined when it is meant for any. */
export function versionIn(header: unknown): number | undefined {
  if (typeof header !== 'string' || header.trim() === '*') return undefined;
  const match = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim());
  return match ? Number(match[1]) : Number.NaN;
}
