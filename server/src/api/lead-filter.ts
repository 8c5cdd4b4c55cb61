import { phoneKey } from '../intake/normalise.ts';
import type { ListFilter } from '../leads/lead-list-store.ts';
import { readSearch } from '../leads/search-text.ts';
import { emailKey } from '../platform/email.ts';
import type { Book } from '../workspaces/book.ts';
import { findNamed } from './references.ts';

/** How GET /v1/leads is asked to narrow its list; all in the sender's words. */
export interface FilterQuery {
  q?: string;
  phone?: string;
  email?: string;
  status?: string;
  source?: string;
  owner?: string;
  type?: string;
}

const references = [
  ['status', 'status', 'status_id'],
  ['source', 'source', 'source_id'],
  ['owner', 'member', 'owner_id'],
  ['type', 'type', 'type_id'],
] as const;

/** Reads the filters of a list; undefined when one of them names what does not exist, so that no lead can match. */
export function listFilter(query: FilterQuery, book: Book, region: string): ListFilter | undefined {
  const filter: ListFilter = {};
  for (const [name, kind, column] of references) {
    const value = query[name];
    if (value === undefined) continue;
    const found = findNamed(book, kind, value);
    if (!found) return undefined;
    filter[column] = found.id;
  }
  const keys = keysOf(query, region);
  if (keys === undefined) return undefined;
  if (keys.length > 0) filter.keys = keys;
  const text = query.q === undefined ? undefined : readSearch(query.q);
  if (text) filter.text = text;
  return filter;
}

function keysOf({ phone, email }: FilterQuery, region: string): ListFilter['keys'] {
  const keys: NonNullable<ListFilter['keys']>[number][] = [];
  if (phone !== undefined) {
    const value = phoneKey({ sent: phone }, region);
    if (!value) return undefined;
    keys.push({ kind: 'phone', value });
  }
  if (email !== undefined) {
    const value = emailKey(email);
    if (!value) return undefined;
    keys.push({ kind: 'email', value });
  }
  return keys;
}
