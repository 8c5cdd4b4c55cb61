import type { ReactNode } from 'react';

/** A line between the rows of a table: the heading of a group, or a line after its rows. */
export interface Insert {
  key: string;
  /** The index of the row that the line comes before; the number of rows if it comes last. */
  before: number;
  content: ReactNode;
}

/** A line of a table: a row, given by its index, or an insert between rows. */
export type Line = { row: number; insert?: undefined } | { row?: undefined; insert: Insert };

/** The rows and the inserts between them, in order. */
export function linesOf(rows: number, inserts: readonly Insert[]): Line[] {
  const lines: Line[] = [];
  let next = 0;
  for (let row = 0; row <= rows; row += 1) {
    for (let insert = inserts[next]; insert && insert.before <= row; insert = inserts[next]) {
      lines.push({ insert });
      next += 1;
    }
    if (row < rows) lines.push({ row });
  }
  return lines;
}
