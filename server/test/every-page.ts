import type { client } from './world.ts';

/** What a list contains, read two at a time from its first page to its last. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into items of every shape
export async function everyPage(ask: ReturnType<typeof client>, path: string, limit = 2): Promise<any[]> {
  const first = `${path}${path.includes('?') ? '&' : '?'}limit=${limit}`;
  const seen: unknown[] = [];
  let cursor = '';
  do {
    const { body } = await ask('GET', `${first}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    seen.push(...body.data);
    cursor = body.next_cursor ?? '';
  } while (cursor);
  return seen;
}
