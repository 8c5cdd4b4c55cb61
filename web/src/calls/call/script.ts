/** A piece of a script line. */
export type Piece = { kind: 'text' | 'strong' | 'value' | 'missing'; text: string };

/** A line of a script: text, a list item, or a link to another step. */
export type Line = { kind: 'words' | 'point'; pieces: Piece[] } | { kind: 'link'; label: string; to: string };

export interface Step {
  name: string;
  lines: Line[];
}

/** Values for merge fields such as `{{first_name}}`. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * Parses a script: `## ` begins a step, `- ` a list item, `- Yes -> Needs` links to a step, and `{{first_name}}` is
 * replaced by the lead's value. Unknown values are marked as missing.
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
  const link = point && /^(.+?)\s*(?:->|→)\s*(.+)$/.exec(point);
  if (link) return { kind: 'link', label: link[1] ?? '', to: link[2] ?? '' };
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
