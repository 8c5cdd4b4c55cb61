import { endOfValue } from './json-scan.ts';

/** A range of a text; the end is exclusive. */
export interface Span {
  start: number;
  end: number;
}

/**
 * Finds the value at a path in a JSON text: `phone`, `contact.type`, `rows[0].name`, `rows.0.name`. Names containing a
 * dot are found too. Undefined when the text is not JSON or has no such path.
 */
export function findInJson(text: string, place: string): Span | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return place === '' ? undefined : findWithin(text, afterBlanks(text, 0), place);
}

function findWithin(text: string, at: number, place: string): Span | undefined {
  if (text[at] === '{') return findInObject(text, at, place);
  if (text[at] === '[') return findInList(text, at, place);
  return undefined;
}

/** When a name is repeated, the last one counts, as in every JSON parser. */
function findInObject(text: string, open: number, place: string): Span | undefined {
  let found: Span | undefined;
  let at = afterBlanks(text, open + 1);
  while (text[at] !== '}') {
    const nameEnd = endOfValue(text, at);
    const name = JSON.parse(text.slice(at, nameEnd)) as string;
    const start = afterBlanks(text, afterBlanks(text, nameEnd) + 1);
    const end = endOfValue(text, start);
    const rest = restOfPath(place, name);
    if (rest !== undefined) found = rest === '' ? { start, end } : (findWithin(text, start, rest) ?? found);
    at = afterComma(text, end);
  }
  return found;
}

function findInList(text: string, open: number, place: string): Span | undefined {
  let at = afterBlanks(text, open + 1);
  for (let index = 0; text[at] !== ']'; index += 1) {
    const end = endOfValue(text, at);
    const rest = restOfPath(place, `[${index}]`) ?? restOfPath(place, String(index));
    if (rest !== undefined) return rest === '' ? { start: at, end } : findWithin(text, at, rest);
    at = afterComma(text, end);
  }
  return undefined;
}

/** The rest of a path below this name: '' when the path ends here, undefined when it leads elsewhere. */
export function restOfPath(place: string, name: string): string | undefined {
  if (!place.startsWith(name)) return undefined;
  const rest = place.slice(name.length);
  if (rest === '' || rest.startsWith('[')) return rest;
  return rest.startsWith('.') ? rest.slice(1) : undefined;
}

function afterComma(text: string, end: number): number {
  const at = afterBlanks(text, end);
  return text[at] === ',' ? afterBlanks(text, at + 1) : at;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? '')) at += 1;
  return at;
}
