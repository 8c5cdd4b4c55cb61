/** A part of a line of a script. */
export type Piece = { kind: 'text' | 'strong' | 'value' | 'missing'; text: string };

/** A line: words, a point of a list, or a way to go on. */
export type Line = { kind: 'words' | 'point'; pieces: Piece[] } | { kind: 'way'; label: string; to: string };

export interface Step {
  name: string;
  lines: Line[];
}

/** What merge fields stand for: `{{first_name}}`. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * Reads a script: steps begin with `## `, lists with `- `, `- Yes -> Needs` is a way to go on, `{{first_name}}` stands
 * for what is known of the lead. What is not known is shown as such.
 */
export function readScript(text: string, values: Values): Step[] {
  const steps: Step[] = [];
  for (const line of text.split(/\r?\n/)) {
    const heading = /^##?\s+(.+)$/.exec(line)?.[1];
    if (heading !== undefined) steps.push({ name: heading.trim(), lines: [] });
    else if (line.trim() !== '') {
      if (steps.length === 0) steps.push({ name: 'Script', lines: [] });
      steps.at(-1)?.lines.push(readLine(line.trim(), values));
    }
  }
  return steps;
}

function readLine(line: string, values: Values): Line {
  const point = /^[-*]\s+(.+)$/.exec(line)?.[1];
  const way = point && /^(.+?)\s*(?:->|→)\s*(.+)$/.exec(point);
  if (way) return { kind: 'way', label: way[1] ?? '', to: way[2] ?? '' };
  return { kind: point === undefined ? 'words' : 'point', pieces: readPieces(point ?? line, values) };
}

function readPieces(text: string, values: Values): Piece[] {
  return text
    .replace(/\*\*\s*(\{\{\s*[\w.]+\s*\}\})\s*\*\*/g, '$1')
    .split(/(\{\{\s*[\w.]+\s*\}\}|\*\*[^*]+\*\*)/)
    .filter((part) => part !== '')
    .map((part) => {
      const field = /^\{\{\s*([\w.]+)\s*\}\}$/.exec(part)?.[1];
      if (field !== undefined) return merge(field, values);
      const strong = /^\*\*([^*]+)\*\*$/.exec(part)?.[1];
      return strong === undefined ? { kind: 'text', text: part } : { kind: 'strong', text: strong };
    });
}

function merge(field: string, values: Values): Piece {
  const value = values[field];
  if (value === null || value === undefined || value === '')
    return { kind: 'missing', text: field.replaceAll('_', ' ') };
  return { kind: 'value', text: String(value) };
}
