/** What leads share with other areas. */
export { type Status, useDealStages, useMembers, useStatuses } from './book.ts';
export { LeadDrawer } from './drawer/lead-drawer.tsx';
export { LostReason } from './lead/lost-reason.tsx';
export { nextStepWords, type Urgency, urgencyOf } from './lead/next-step-words.ts';
export { StatusMenu } from './lead/status-menu.tsx';
