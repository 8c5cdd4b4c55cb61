import { fromTypeId, typeId } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import { type List, type PageQuery, USUAL_PAGE } from './list.ts';
import { Refused } from './refused.ts';

/** Position in a sorted list: sort key and id of the last row of a page. */
export interface Place {
  key: string;
  id: string;
}

/** Sort order of a list: a row's key as text, and a check that a text is a valid key. */
export interface SortedBy<Row> {
  keyOf(row: Row): string;
  isKey(text: string): boolean;
}

/** Like `readPage`, for lists not sorted by id. The cursor holds the sort key, so paging still works when rows move. */
export async function readSortedPage<Row extends { id: string }, View>(
  { cursor, limit = USUAL_PAGE }: PageQuery,
  { keyOf, isKey }: SortedBy<Row>,
  read: (limit: number, after: Place | undefined) => Promise<readonly Row[]>,
  view: (row: Row) => View,
): Promise<List<View>> {
  const after = cursor === undefined ? undefined : placeOf(cursor);
  if (cursor !== undefined && !(after && isKey(after.key)))
    throw new Refused(invalid({ at: 'cursor', code: 'unknown_reference' }));
  const rows = await read(limit + 1, after);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { data: page.map(view), next_cursor: rows.length > limit && last ? cursorOf(keyOf(last), last.id) : null };
}

function cursorOf(key: string, id: string): string {
  return `${typeId('after', id)}.${Buffer.from(key).toString('base64url')}`;
}

function placeOf(cursor: string): Place | undefined {
  const [front = '', back = ''] = cursor.split('.');
  const id = fromTypeId('after', front);
  return id === undefined ? undefined : { id, key: Buffer.from(back, 'base64url').toString() };
}
