import type { FieldChange } from './activity-kinds.ts';
import type { Lead } from './lead.ts';

/** A change to a lead's tags, by id: `set` replaces all, then `add` and `remove` are applied. */
export interface TagChange {
  set?: readonly string[];
  add?: readonly string[];
  remove?: readonly string[];
}

/** Most tags that a lead can have. */
export const MOST_TAGS = 100;

/** Changes the tags of a lead in place and returns the change; undefined if nothing changes. */
export function changeTags(lead: Lead, { set, add = [], remove = [] }: TagChange): FieldChange | undefined {
  const from = lead.tag_ids;
  const wanted = [...new Set([...(set ?? from ?? []), ...add])].filter((id) => !remove.includes(id)).sort();
  const to = wanted.length > 0 ? wanted : null;
  if (to?.join() === from?.join()) return undefined;
  lead.tag_ids = to;
  return { field: 'tag_ids', from, to };
}
