/**
 * Serialises a value to JSON that PostgreSQL accepts: NUL is dropped and lone surrogates become U+FFFD. The journal
 * still has the raw bytes.
 */
export function pgJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u0000') && !text.includes('\\ud')) return text;
  return text.replace(/\\(?:u0000|ud[0-9a-f]{3}|.)/g, (written) => {
    if (written === '\\u0000') return '';
    return written.startsWith('\\ud') ? '\ufffd' : written;
  });
}
