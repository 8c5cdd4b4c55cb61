/** A marked part of a text, such as an invalid value. */
export interface Mark {
  start: number;
  end: number;
}

/** A text with its marks. */
export interface Marked {
  text: string;
  marks: readonly Mark[];
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Indents JSON without changing a value, so that long numbers keep their digits. The marks move with the text. */
export function formatJson({ text, marks }: Marked): Marked {
  if (!isJson(text)) return { text, marks };
  const moved = new Map<number, number>();
  let [out, depth] = ['', 0];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const closes = token === '}' || token === ']';
    if (closes) depth -= 1;
    out += gap(out, closes, depth);
    moved.set(index, out.length);
    out += token;
    moved.set(index + token.length, out.length);
    if (token === '{' || token === '[') depth += 1;
  }
  const to = (at: number) => moved.get(at) ?? at;
  return { text: out, marks: marks.map(({ start, end }) => ({ start: to(start), end: to(end) })) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The white space between two tokens: a line break after each opening bracket and comma, and before each closing one.
 */
function gap(before: string, closes: boolean, depth: number): string {
  const last = before.at(-1) ?? '';
  const opened = last === '{' || last === '[';
  if (closes ? !opened : opened || last === ',') return `\n${'  '.repeat(depth)}`;
  return last === ':' ? ' ' : '';
}

/** The positions of the marks after the text was edited in one place. */
export function moveMarks(before: Marked, now: string): readonly Mark[] {
  const { text, marks } = before;
  let same = 0;
  while (same < text.length && same < now.length && text[same] === now[same]) same += 1;
  const longer = now.length - text.length;
  const move = (at: number) => Math.max(0, Math.min(now.length, at <= same ? at : at + longer));
  return marks.map(({ start, end }) => ({ start: move(start), end: Math.max(move(start), move(end)) }));
}
