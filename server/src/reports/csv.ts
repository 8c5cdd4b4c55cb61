/** A table as CSV (RFC 4180) with a byte order mark for UTF-8. Text that looks like a formula is escaped. */
export function toCsv(table: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${table.map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = isFormula(value) ? `'${value}` : value;
  // In countries with a decimal comma, spreadsheets split cells at semicolons.
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Characters that spreadsheets and readers skip: blanks, line breaks, marks and those without a shape. */
const INVISIBLE = /^[\p{C}\p{Z}\p{M}\u115f\u1160\u2800\u3164\uffa0]+/u;

/** Whether a spreadsheet may evaluate the text: by its first visible character, whatever its width. */
function isFormula(text: string): boolean {
  if (/^[\t\r\n]/.test(text)) return true;
  const [first = ''] = text.replace(INVISIBLE, '');
  return '=+-@|%\u2212'.includes(first.normalize('NFKC') || 'none');
}
