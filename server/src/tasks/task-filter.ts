import Type from 'typebox';
import type { SortedBy } from '../http/keyset.ts';
import { idOf } from '../http/path-ids.ts';
import { oneOf } from '../http/shapes.ts';
import { endOfToday } from '../platform/time/calendar.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import { findNamed } from '../workspaces/find-named.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { TaskFilter, TaskOrder } from './task-list-store.ts';
import { type ShownTask, type TaskCategory, taskCategories } from './task-store.ts';

const moments = ['overdue', 'today', 'due', 'upcoming', 'open', 'done'] as const;
type Moment = (typeof moments)[number];

const assignee = Type.Optional(
  Type.String({ maxLength: 1000, description: '`me`, `none`, or a member by name, username, email or id.' }),
);

/** Query parameters that filter GET /v1/tasks. */
export const taskFilterQuery = {
  when: Type.Optional(
    oneOf(
      moments,
      "In the workspace's time zone. overdue; today: due later today; due: both; upcoming: after today or without a date; open: all of these; done.",
    ),
  ),
  assignee,
  lead_id: Type.Optional(Type.String({ maxLength: 100 })),
  category: Type.Optional(oneOf(taskCategories, 'Only tasks of this category.')),
};

/** Query parameters that filter GET /v1/tasks/counts. */
export const taskCountQuery = { assignee };

/** The query string of a list of tasks. */
export interface TaskQuery {
  when?: Moment;
  assignee?: string;
  lead_id?: string;
  category?: TaskCategory;
}

interface FilterContext {
  referenceData: ReferenceData;
  memberId: string | null | undefined;
  at: Date;
  visibility?: Visibility | undefined;
}

/** Reads the filters of a list; undefined if one names something unknown, so that no task can match. */
export function taskFilter(query: TaskQuery, asking: FilterContext): TaskFilter | undefined {
  const filter: TaskFilter = { ...boundsOf(query.when, asking), visibility: asking.visibility };
  if (query.category) filter.category = query.category;
  if (query.lead_id !== undefined) {
    const id = idOf('lead', query.lead_id);
    if (id === undefined) return undefined;
    filter.lead_id = id;
  }
  if (query.assignee === undefined) return filter;
  const id = memberOf(query.assignee, asking);
  return id === undefined ? undefined : { ...filter, assignee_id: id };
}

function memberOf(assigned: string, { referenceData, memberId }: FilterContext): string | null | undefined {
  if (assigned === 'none') return null;
  return assigned === 'me' ? (memberId ?? undefined) : findNamed(referenceData, 'member', assigned)?.id;
}

function boundsOf(when: Moment | undefined, { at, referenceData }: FilterContext): { from?: Date; until?: Date } {
  const tomorrow = endOfToday(at, referenceData.workspace.time_zone);
  switch (when) {
    case 'overdue':
      return { until: at };
    case 'today':
      return { from: at, until: tomorrow };
    case 'due':
      return { until: tomorrow };
    case 'upcoming':
      return { from: tomorrow };
    default:
      return {};
  }
}

/** The sort order of tasks filtered by `when`. */
export function orderOf(when: Moment | undefined): TaskOrder {
  if (when === undefined) return 'newest';
  return when === 'done' ? 'done' : 'due';
}

const isMoment = (text: string) =>
  text === 'infinity' || (/^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text)));

/** The cursor key of each sort order. */
export const tasksSortedBy: Record<TaskOrder, SortedBy<ShownTask>> = {
  newest: { keyOf: () => '', isKey: (text) => text === '' },
  due: { keyOf: ({ due_at }) => due_at?.toISOString() ?? 'infinity', isKey: isMoment },
  done: { keyOf: ({ done_at }) => done_at?.toISOString() ?? '', isKey: isMoment },
};
