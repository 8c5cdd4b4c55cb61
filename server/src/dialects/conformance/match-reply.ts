/** Placeholders that a recorded reply may use, as a whole string, for values that differ each time. */
const matchers = new Map<unknown, (value: unknown) => boolean>([
  ['<any>', () => true],
  ['<text>', (value) => typeof value === 'string' && value !== ''],
  ['<integer>', Number.isInteger],
  ['<hex32>', textLike(/^[0-9A-F]{32}$/)],
  ['<timestamp>', textLike(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/)],
  ['<lead_id>', textLike(/^lead_[0-7][0-9a-hjkmnp-tv-z]{25}$/)],
  ['<token>', (value) => typeof value === 'string' && value.length > 32],
]);

function textLike(pattern: RegExp) {
  return (value: unknown) => typeof value === 'string' && pattern.test(value);
}

/** A value that differs from the recording. */
export interface Difference {
  at: string;
  expected: unknown;
  actual: unknown;
}

/** Compares a value with the recorded one, including the order of members, and lists every difference with its path. */
export function differences(expected: unknown, actual: unknown, at: string): Difference[] {
  const matches = matchers.get(expected);
  if (matches) return matches(actual) ? [] : [{ at, expected, actual }];
  if (Array.isArray(expected) && Array.isArray(actual)) return listDifferences(expected, actual, at);
  if (isObject(expected) && isObject(actual)) return objectDifferences(expected, actual, at);
  return Object.is(expected, actual) ? [] : [{ at, expected, actual }];
}

function listDifferences(expected: readonly unknown[], actual: readonly unknown[], at: string): Difference[] {
  if (expected.length !== actual.length)
    return [{ at: `${at}.length`, expected: expected.length, actual: actual.length }];
  return expected.flatMap((item, index) => differences(item, actual[index], `${at}.${index}`));
}

function objectDifferences(expected: object, actual: object, at: string): Difference[] {
  const [names, actualNames] = [Object.keys(expected), Object.keys(actual)];
  if (names.join('\n') !== actualNames.join('\n'))
    return [{ at: `${at} (names, in order)`, expected: names, actual: actualNames }];
  const values = new Map<string, unknown>(Object.entries(actual));
  return Object.entries(expected).flatMap(([name, value]) => differences(value, values.get(name), `${at}.${name}`));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
