/** What other screens show of tasks. */
export { Due } from './due.tsx';
export { QuickAdd } from './quick-add.tsx';
export { TaskRow } from './task-row.tsx';
export { type TaskWork, useTaskWork } from './task-work.tsx';
