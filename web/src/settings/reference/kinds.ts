import type { NewName } from './get-new-names.ts';

/** A kind of reference data. The API is the same for all kinds. */
export interface ReferenceKind {
  path: string;
  title: string;
  /** The singular: `status`. */
  word: string;
  isOrdered?: boolean;
  /** True if the server counts how many leads use each item. */
  countsUses?: boolean;
  /** Set if requests can add items of this kind. */
  named?: NewName['kind'];
}

const list = (name: string, title: string, word: string) => ({
  path: `/v1/reference/${name}`,
  title,
  word,
  isOrdered: true,
});

const counted = (path: string, title: string, word: string) => ({ path, title, word, countsUses: true });

/** The kinds of reference data that the settings edit. */
export const kinds = {
  statuses: { ...counted('/v1/statuses', 'Statuses', 'status'), isOrdered: true, named: 'status' },
  leadTypes: { ...counted('/v1/lead-types', 'Lead types', 'lead type'), isOrdered: true },
  sources: { ...counted('/v1/sources', 'Sources', 'source'), named: 'source' },
  departments: counted('/v1/departments', 'Departments', 'department'),
  tags: counted('/v1/tags', 'Tags', 'tag'),
  callOutcomes: { path: '/v1/call-outcomes', title: 'Call outcomes', word: 'call outcome', isOrdered: true },
  categories: list('category', 'Categories', 'category'),
  lostReasons: list('lost_reason', 'Lost reasons', 'lost reason'),
  taskCategories: list('task_category', 'Task categories', 'task category'),
  dealStages: { ...list('deal_stage', 'Deal stages', 'deal stage'), named: 'deal_stage' },
} as const satisfies Readonly<Record<string, ReferenceKind>>;
