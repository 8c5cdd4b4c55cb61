/**
 * Where the JSON value that begins at `start` ends, found without parsing it. A value that never ends extends to the
 * end of the text, so that broken JSON can be read too.
 */
export function endOfValue(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === '"') return endOfString(text, start);
  if (first !== '{' && first !== '[') return endOfWord(text, start);
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') at = endOfString(text, at) - 1;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/**
 * The names of an object's members, in their order in the text, repeated ones included. The text must be valid JSON.
 */
export function topLevelNames(json: string): string[] {
  const names: string[] = [];
  let at = json.indexOf('{') + 1;
  while (at > 0 && at < json.length) {
    const quote = json.indexOf('"', at);
    if (quote === -1) break;
    const end = endOfString(json, quote);
    names.push(JSON.parse(json.slice(quote, end)));
    const colon = json.indexOf(':', end) + 1;
    at = endOfValue(json, colon + json.slice(colon).search(/\S/)) + 1;
  }
  return names;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '"') return at + 1;
  }
  return text.length;
}

/** The end of a number, `true`, `false` or `null`. */
function endOfWord(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) if (',}]\r\n\t '.includes(text.charAt(at))) return at;
  return text.length;
}
