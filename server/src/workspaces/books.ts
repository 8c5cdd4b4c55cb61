import type { Database } from '../platform/database.ts';
import type { Book } from './book.ts';
import { loadBook } from './book-store.ts';

/** How long a book is trusted when no announcement of a change arrives, in ms. */
const TRUSTED_MS = 30_000;

/** Books of workspaces, kept in memory. Every change of reference data announces itself; time is only the backstop. */
export interface Books {
  get(workspaceId: string): Promise<Book>;
  /** The book if it is at hand, so that the hot path need not wait. */
  peek(workspaceId: string): Book | undefined;
  /** Reads it anew. */
  renew(workspaceId: string): Promise<Book>;
  /** Forgets one workspace's book, or all of them. */
  forget(workspaceId?: string): void;
}

/** Keeps books of the workspaces of one database. Concurrent readers of one book share one reading. */
export function keepBooks(database: Database, clock: () => number = Date.now): Books {
  const kept = new Map<string, { book: Promise<Book>; ready?: Book; at: number }>();

  const read = (workspaceId: string): Promise<Book> => {
    const book = database.tx(workspaceId, loadBook).then((found) => {
      if (!found) throw new Error(`There is no workspace ${workspaceId}.`);
      return found;
    });
    const entry: { book: Promise<Book>; ready?: Book; at: number } = { book, at: clock() };
    kept.set(workspaceId, entry);
    book.then(
      (found) => {
        entry.ready = found;
      },
      () => {
        if (kept.get(workspaceId) === entry) kept.delete(workspaceId);
      },
    );
    return book;
  };

  const fresh = (workspaceId: string) => {
    const entry = kept.get(workspaceId);
    return entry && clock() - entry.at < TRUSTED_MS ? entry : undefined;
  };

  return {
    get: (workspaceId) => fresh(workspaceId)?.book ?? read(workspaceId),
    peek: (workspaceId) => fresh(workspaceId)?.ready,
    renew: read,
    forget: (workspaceId) => {
      if (workspaceId === undefined) kept.clear();
      else kept.delete(workspaceId);
    },
  };
}
