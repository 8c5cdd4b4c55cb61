import { lazy } from 'react';

/** What leads share with other areas. */
export { useStatuses } from './book.ts';
export { type LeadFilters, readFilters } from './filters.ts';
export type { LeadPatch } from './lead/lead-queries.ts';
export { MoveQuestion, type Question, questionAfter, useFirstQuestion } from './lead/move-question.tsx';
export { nextStepWords } from './lead/next-step-words.ts';
export { FilterBar } from './list/filter-bar.tsx';
export { ViewTabs } from './list/view-tabs.tsx';

/** One lead beside a list; it is fetched when it is first opened. */
export const LeadDrawer = lazy(async () => ({ default: (await import('./drawer/lead-drawer.tsx')).LeadDrawer }));
