/** The parts of the task screens that other screens use. */
export { QuickAdd } from './add/quick-add.tsx';
export { Due } from './cells/due.tsx';
export { type TaskWork, useTaskWork } from './edit/task-work.tsx';
export { TaskRow } from './list/task-row.tsx';
