import type { ReactNode } from 'react';

/** What stands between the rows of a table: the heading of a group, or what follows its rows. */
export interface Insert {
  key: string;
  /** The place of the row that it stands before; the number of rows if it is the last. */
  before: number;
  content: ReactNode;
}

/** A line of a table: a row, by its place, or something between rows. */
export type Line = { row: number; insert?: undefined } | { row?: undefined; insert: Insert };

/** The rows and what stands between them, in order. */
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
