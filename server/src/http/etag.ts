export function etagOf(version: number): string {
  return `"${version}"`;
}

/** The version in an If-Match header; undefined if the change applies to any version. */
export function versionIn(header: unknown): number | undefined {
  if (typeof header !== 'string' || header.trim() === '*') return undefined;
  const match = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim());
  return match ? Number(match[1]) : Number.NaN;
}
