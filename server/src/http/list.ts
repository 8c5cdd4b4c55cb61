import Type, { type TSchema } from 'typebox';
import { fromTypeId, typeId } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import { Refused } from './refused.ts';
import { textOrNull } from './shapes.ts';

const LARGEST_PAGE = 200;
export const USUAL_PAGE = 50;

/** Query parameters of paged lists. */
export const pageQuery = {
  cursor: Type.Optional(Type.String({ description: 'Value of next_cursor from the previous page.', maxLength: 100 })),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: LARGEST_PAGE, default: USUAL_PAGE, description: 'Page size.' }),
  ),
};

export interface PageQuery {
  cursor?: string;
  limit?: number;
}

/** Schema of a list response. */
export const listOf = (item: TSchema, description: string) =>
  Type.Object(
    { data: Type.Array(item), next_cursor: textOrNull('Cursor for the next page; null on the last page.') },
    { description },
  );

export interface List<T> {
  data: T[];
  next_cursor: string | null;
}

/**
 * Reads one page by cursor. `read` receives the id of the last row seen, and a limit of one row more than the page
 * size, which shows whether there is another page. Cursors that this API did not issue are refused.
 */
export async function readPage<Row extends { id: string }, View>(
  { cursor, limit = USUAL_PAGE }: PageQuery,
  read: (limit: number, after: string | undefined) => Promise<readonly Row[]>,
  view: (row: Row) => View,
): Promise<List<View>> {
  const after = cursor === undefined ? undefined : fromTypeId('after', cursor);
  if (cursor !== undefined && after === undefined)
    throw new Refused(invalid({ at: 'cursor', code: 'unknown_reference' }));
  const rows = await read(limit + 1, after);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { data: page.map(view), next_cursor: rows.length > limit && last ? typeId('after', last.id) : null };
}

/** A list that always fits on one page, such as reference data. */
export function wholeList<T>(data: T[]): List<T> {
  return { data, next_cursor: null };
}
