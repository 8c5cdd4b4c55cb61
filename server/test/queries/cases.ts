import type { Tx } from '../../src/platform/database/transaction.ts';
import type { Visibility } from '../../src/workspaces/access/visibility.ts';

/** One way to call a store; the statements that it sends are written down. */
export type Ask = (tx: Tx) => Promise<unknown>;
export type Cases = Readonly<Record<string, Ask>>;

/** Any id will do: only the text of a statement matters, never its values. */
export const ID = '01900000-0000-7000-8000-000000000000';
export const AT = new Date('2031-03-12T12:00:00Z');
export const OTHER = '01900000-0000-7000-8000-000000000001';

/** Who reads: somebody who sees all leads, their own, or also those of a colleague and a department. */
export const askers: Readonly<Record<'all' | 'own' | 'team', Visibility | undefined>> = {
  all: undefined,
  own: { owners: [ID], departments: [] },
  team: { owners: [ID, OTHER], departments: [ID] },
};

/** Creates cases for each of several values. */
export function each<K extends string, V>(
  of: Readonly<Record<K, V>>,
  make: (key: K, value: V) => Readonly<Record<string, Ask>>,
): Cases {
  return Object.assign({}, ...(Object.entries(of) as [K, V][]).map(([key, value]) => make(key, value)));
}
