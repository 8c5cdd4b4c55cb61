/** A field in a template: `{{name}}`, or `{{name|what stands there if it is empty}}`. */
const FIELD = /\{\{\s*([a-z_]{1,40})\s*(?:\|([^{}]{0,200}))?\}\}/g;

/** Names of the fields in a template that are not among those known. */
export function unknownFields(template: string, known: readonly string[]): string[] {
  const names = [...template.matchAll(FIELD)].map(([, name = '']) => name);
  return [...new Set(names.filter((name) => !known.includes(name)))];
}

/**
 * Fills in a template. There is no logic in it, and a value is text: what looks like a field within a value stays as it
 * is. The result is plain text; whoever puts it into HTML escapes it.
 */
export function fillIn(template: string, values: Readonly<Record<string, string | null>>): string {
  return template.replace(FIELD, (_all, name: string, otherwise = '') => values[name]?.trim() || otherwise.trim());
}
