export function etagOf(version: number): string {
  return `"${version}"`;
}

/** Parses an If-Match header: undefined if any version matches, NaN if it is malformed. */
export function versionIn(header: unknown): number | undefined {
  if (typeof header !== 'string' || header.trim() === '*') return undefined;
  const match = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim());
  return match ? Number(match[1]) : Number.NaN;
}
