import { endOfValue } from './json-scan.ts';

/** From where to where a piece of a text goes; the end is not part of it. */
export interface Span {
  start: number;
  end: number;
}

/**
 * Where in a JSON text the value of a place stands: `phone`, `contact.type`, `rows[0].name`, `rows.0.name`. A name with a
 * dot in it is found too. Undefined when the text is no JSON or has no such place.
 */
export function placeInJson(text: string, place: string): Span | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return place === '' ? undefined : within(text, afterBlanks(text, 0), place);
}

function within(text: string, at: number, place: string): Span | undefined {
  if (text[at] === '{') return inObject(text, at, place);
  if (text[at] === '[') return inList(text, at, place);
  return undefined;
}

/** Of a name that comes twice the last counts, as for every parser. */
function inObject(text: string, open: number, place: string): Span | undefined {
  let found: Span | undefined;
  let at = afterBlanks(text, open + 1);
  while (text[at] !== '}') {
    const nameEnd = endOfValue(text, at);
    const name = JSON.parse(text.slice(at, nameEnd)) as string;
    const start = afterBlanks(text, afterBlanks(text, nameEnd) + 1);
    const end = endOfValue(text, start);
    const rest = restAfter(place, name);
    if (rest !== undefined) found = rest === '' ? { start, end } : (within(text, start, rest) ?? found);
    at = afterComma(text, end);
  }
  return found;
}

function inList(text: string, open: number, place: string): Span | undefined {
  let at = afterBlanks(text, open + 1);
  for (let index = 0; text[at] !== ']'; index += 1) {
    const end = endOfValue(text, at);
    const rest = restAfter(place, `[${index}]`) ?? restAfter(place, String(index));
    if (rest !== undefined) return rest === '' ? { start: at, end } : within(text, at, rest);
    at = afterComma(text, end);
  }
  return undefined;
}

/** What is left of a place below this name; '' when it ends here, undefined when it is elsewhere. */
export function restAfter(place: string, name: string): string | undefined {
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
