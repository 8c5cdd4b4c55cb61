import type { Conditions } from '../../workspaces/access/conditions.ts';
import type { Visibility } from '../../workspaces/access/visibility.ts';
import { hasKey, type ListFilter } from './lead-list-conditions.ts';
import type { ColumnSort } from './lead-sorts.ts';

/** Sort order of a list; `created` replaces `newest` if the list has an upper date limit, possibly long ago. */
export type LeadOrder = 'newest' | 'oldest' | 'next_step' | 'created';

/** Filter, order and visibility of a list of leads. */
export interface LeadQuestion {
  filter: ListFilter;
  order: LeadOrder;
  /** The caller's visibility; undefined means all leads. */
  visibility?: Visibility | undefined;
  /** Sorts the newest leads by a column; `order` is then the order in which they are read. */
  sort?: ColumnSort | undefined;
  /** Use the status index, even though another one is usually more selective. */
  byStatus?: boolean;
}

/** End of a page: the sort key of its last lead, as the database's exact text, and the lead's id. */
export interface Position {
  key: string | null;
  id: string;
}

/** SQL for reading leads in a certain order. */
interface Ordering {
  by: string;
  /** Column that leads are sorted by before their id. */
  key: string | null;
  /** Condition for leads that can appear in this order. */
  base: string;
  after: (key: string, id: string) => string;
}

export const orderings: Readonly<Record<LeadOrder, Ordering>> = {
  newest: { by: 'id DESC', key: null, base: 'true', after: (_key, id) => `id < ${id}` },
  oldest: { by: 'id', key: null, base: 'true', after: (_key, id) => `id > ${id}` },
  next_step: {
    by: 'next_step_at, id',
    key: 'next_step_at',
    base: 'next_step_at IS NOT NULL',
    after: (key, id) => `(next_step_at, id) > (${key}, ${id})`,
  },
  created: {
    by: 'created_at DESC, id DESC',
    key: 'created_at',
    // Always true, but implies the condition of the partial index for this order.
    base: "created_at > '-infinity'",
    after: (key, id) => `(created_at, id) < (${key}, ${id})`,
  },
};

/** Most indexes that are read in parallel. */
const MOST_STREAMS = 32;

/**
 * A list split into streams. Each is read from one index in list order, and together they contain every lead that may
 * match. Conditions that the streams do not cover remain in `rest`.
 */
export interface Plan {
  streams: Stream[];
  rest: ListFilter;
}

interface Stream {
  where: string;
  /** Parameter with the tag whose leads are read. */
  tag?: string;
}

/** Alternative plan for a list filtered by status and by another indexed condition. */
export function otherWay(question: LeadQuestion): LeadQuestion | undefined {
  const { filter, order, visibility } = question;
  const { ids, keys, lacks, owner_ids, status_ids, tag_ids, waiting_since } = filter;
  const isSettled =
    ids || keys || lacks || owner_ids || tag_ids || visibility || order === 'created' || order === 'next_step';
  const isOpen = waiting_since || references.some(([name]) => fits(filter[name]));
  return fits(status_ids) && isOpen && !isSettled ? { ...question, byStatus: true } : undefined;
}

/** Chooses the indexes to read: those of the most selective condition, or of the caller's visibility. */
export function planList(where: Conditions, question: LeadQuestion): Plan {
  const { order, filter, visibility } = question;
  const choice: Choice = question.byStatus ? byStatus(where, filter) : chooseStreams(where, question);
  const { streams, rest, isVisible } = choice;
  const bounds = boundsOf(where, order, rest);
  if (visibility && !isVisible) bounds.push(where.isVisible(visibility));
  return {
    streams: streams.map(({ where: one, tag }) => ({ where: [one, ...bounds].join(' AND '), ...(tag && { tag }) })),
    rest,
  };
}

/** `isVisible`: the caller may see every lead in the streams without a further check. */
interface Choice extends Plan {
  isVisible?: boolean;
}

function chooseStreams(where: Conditions, { order, filter, visibility }: LeadQuestion): Choice {
  const { ids, keys, lacks, owner_ids } = filter;
  if (ids) return { streams: [{ where: `id = ANY (${where.param(ids)}::uuid[])` }], rest: without(filter, 'ids') };
  if (keys)
    return { streams: [{ where: keys.map((key) => hasKey(where, key)).join(' AND ') }], rest: without(filter, 'keys') };
  if (order === 'created') return { streams: [ALL], rest: filter };
  if (lacks?.includes('owner')) return { streams: [{ where: NOBODYS }], rest: filter };
  if (fits(owner_ids))
    return {
      streams: owner_ids.map((id) => ({ where: id ? `owner_id = ${where.param(id)}` : NOBODYS })),
      rest: without(filter, 'owner_ids'),
      isVisible: owner_ids.every((id) => id !== null && visibility?.owners.includes(id)),
    };
  if (visibility && fits([...visibility.owners, ...visibility.departments]))
    return { streams: where.visibleParts(visibility).map((part) => ({ where: part })), rest: filter, isVisible: true };
  if (order !== 'next_step' && fits(filter.tag_ids)) return byTag(where, filter, filter.tag_ids);
  if (order !== 'next_step') return byReference(where, filter);
  const { next_kind } = filter;
  if (next_kind === undefined) return byStatus(where, filter);
  return { streams: [{ where: `next_step_kind = ${where.param(next_kind)}` }], rest: without(filter, 'next_kind') };
}

const NOBODYS = 'owner_id IS NULL';
const ALL: Stream = { where: 'true' };

/** A lead with several of the tags appears only in the stream of the first one. */
function byTag(where: Conditions, filter: ListFilter, tagIds: readonly string[]): Plan {
  const tags = tagIds.map((id) => where.param(id));
  const streams = tags.map((tag, at) => {
    const earlier = tags.slice(0, at).map((one) => `${one}::uuid`);
    return { tag, where: earlier.length > 0 ? `NOT tag_ids && ARRAY[${earlier.join(', ')}]` : 'true' };
  });
  return { streams, rest: without(filter, 'tag_ids') };
}

function without(filter: ListFilter, name: keyof ListFilter): ListFilter {
  const { [name]: _, ...rest } = filter;
  return rest;
}

function fits<T>(values: readonly T[] | undefined): values is readonly T[] {
  return values !== undefined && values.length > 0 && values.length <= MOST_STREAMS;
}

const references = [
  ['department_ids', 'department_id'],
  ['type_ids', 'type_id'],
  ['source_ids', 'source_id'],
] as const;

function byReference(where: Conditions, filter: ListFilter): Plan {
  for (const [name, column] of references) {
    const values = filter[name];
    if (fits(values))
      return {
        streams: values.map((id) => ({ where: `${column} = ${where.param(id)}` })),
        rest: without(filter, name),
      };
  }
  return filter.waiting_since
    ? { streams: [{ where: 'first_reply_at IS NULL' }], rest: filter }
    : byStatus(where, filter);
}

function byStatus(where: Conditions, filter: ListFilter): Plan {
  const { status_ids } = filter;
  if (!fits(status_ids)) return { streams: [ALL], rest: filter };
  return {
    streams: status_ids.map((id) => ({ where: `status_id = ${where.param(id)}` })),
    rest: without(filter, 'status_ids'),
  };
}

/** Limits each stream to the requested range. A lead's id is never older than the lead, so dates also limit ids. */
function boundsOf(where: Conditions, order: LeadOrder, filter: ListFilter): string[] {
  const bounds = [orderings[order].base];
  const { created_from, created_to, next_from, next_to, newer_than } = filter;
  if (order === 'created') {
    if (created_from) bounds.push(`created_at >= ${where.param(created_from)}`);
    if (created_to) bounds.push(`created_at < ${where.param(created_to)}`);
    return bounds;
  }
  if (order === 'next_step') {
    if (next_from) bounds.push(`next_step_at >= ${where.param(next_from)}`);
    if (next_to) bounds.push(`next_step_at < ${where.param(next_to)}`);
    return bounds;
  }
  if (created_from) bounds.push(`id >= uuid_from(${where.param(created_from)}::timestamptz - interval '1 minute')`);
  if (newer_than) bounds.push(`id > ${where.param(newer_than)}`);
  return bounds;
}
