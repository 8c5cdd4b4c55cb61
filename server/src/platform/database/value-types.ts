import { types } from 'pg';

type Parse = (text: string) => unknown;

const INT8 = 20;
const NUMERIC = 1700;
const DATE = 1082;
const INT8_ARRAY = 1016;
const NUMERIC_ARRAY = 1231;
const DATE_ARRAY = 1182;
const TEXT_ARRAY: number = 1009;

/** Parses a bigint; throws above 2^53 rather than losing digits. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The integer ${text} is too large for a JavaScript number.`);
  return value;
}

function arrayOf(parse: Parse): Parse {
  const texts = types.getTypeParser(TEXT_ARRAY as 16) as unknown as (text: string) => (string | null)[];
  return (text) => texts(text).map((item) => (item === null ? null : parse(item)));
}

const ownParsers = new Map<number, Parse>([
  [INT8, safeInteger],
  [NUMERIC, Number],
  // A date has no time zone; pg would turn it into an instant in the server's own zone.
  [DATE, (text) => text],
  [INT8_ARRAY, arrayOf(safeInteger)],
  [NUMERIC_ARRAY, arrayOf(Number)],
  [DATE_ARRAY, arrayOf((text) => text)],
]);

/**
 * How PostgreSQL values become JavaScript values: bigint and numeric as numbers, dates as `YYYY-MM-DD`, timestamptz as
 * Date.
 */
export const valueTypes = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && ownParsers.get(oid)) ||
    types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
};
