/** One `name=value` of a form or a query, as it was sent and as it reads. */
export interface PairRow {
  key: number;
  name: string;
  value: string;
  /** As it was sent; a row that nobody touched goes back byte for byte. Undefined for a new one. */
  raw?: string | undefined;
}

/** Reads `a=1&b=2` into rows. */
export function readPairs(text: string): PairRow[] {
  if (text === '') return [];
  return text.split('&').map((raw, key) => {
    const equals = raw.indexOf('=');
    const name = equals === -1 ? raw : raw.slice(0, equals);
    return { key, name: decode(name), value: equals === -1 ? '' : decode(raw.slice(equals + 1)), raw };
  });
}

/** Writes rows as they are sent. A new row without a value is left out. */
export function writePairs(rows: readonly PairRow[]): string {
  return rows
    .filter(({ raw, value }) => raw !== undefined || value !== '')
    .map(({ raw, name, value }) => raw ?? `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

function decode(part: string): string {
  const spaced = part.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
