export type { LeadPatch } from './api/get-lead.ts';
/** The parts of the lead screens that other screens use. */
export { useChoices, useStatuses } from './api/get-reference-data.ts';
export { useViews } from './api/get-views.ts';
export { updateLead } from './api/update-lead.ts';
export { dialling } from './dialling/dial.ts';
export { OutsideHours } from './dialling/outside-hours.tsx';
export { filtersOfQuery, type LeadFilters, readFilters } from './filters.ts';
export { tellOutcome } from './lead/composer/after-outcome.ts';
export {
  emptyNextStep,
  isAnswered,
  type NextStepDraft,
  NextStepFields,
  nextStepBody,
} from './lead/composer/next-step-fields.tsx';
export { nextStepWords } from './lead/next-step-words.ts';
export { MoveQuestion, type Question, questionAfter, useFirstQuestion } from './lead/status/move-question.tsx';
export { TagPills } from './lead/tags/tag-pills.tsx';
export { nameOf } from './lead-name.ts';
export { ListOrBoard } from './list/display/list-or-board.tsx';
export { FilterBar } from './list/filters/filter-bar.tsx';
export { LeadDrawer } from './list/open-lead.tsx';
export { LeadViews } from './list/views/lead-views.tsx';
export { ViewTabs } from './list/views/view-tabs.tsx';
export { dialLink } from './phone.ts';
