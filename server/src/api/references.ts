import type { Book, BookKind, BookKinds } from '../workspaces/book.ts';

/** Finds what a request names: by id, by name, and a member also by username or e-mail. */
export function findNamed<K extends BookKind>(book: Book, kind: K, value: string): BookKinds[K] | undefined {
  return (
    book.find(kind, { by: 'id', value }) ??
    book.find(kind, { by: 'name', value }) ??
    (kind === 'member'
      ? (book.find(kind, { by: 'username', value }) ?? book.find(kind, { by: 'email', value }))
      : undefined)
  );
}
