/** A field in a template: `{{name}}`, or `{{name|text to use if it is empty}}`. */
const FIELD = /\{\{\s*([a-z_]{1,40})\s*(?:\|([^{}]{0,200}))?\}\}/g;

/** Names of fields in a template that are not known. */
export function unknownFields(template: string, known: readonly string[]): string[] {
  const names = [...template.matchAll(FIELD)].map(([, name = '']) => name);
  return [...new Set(names.filter((name) => !known.includes(name)))];
}

/**
 * Fills in a template. Templates contain no logic, and values are not expanded: text in a value that looks like a field
 * stays as it is. The result is plain text, which callers must escape before putting it into HTML.
 */
export function fillIn(template: string, values: Readonly<Record<string, string | null>>): string {
  return template.replace(FIELD, (_all, name: string, otherwise = '') => values[name]?.trim() || otherwise.trim());
}
