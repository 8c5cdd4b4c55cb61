import { addDeal, addLeadTask, addNote, addTask } from './adding-operations.ts';
import { changeLead, createLead, deleteLead, reopenLead } from './lead-operations.ts';
import type { Operation } from './operation.ts';

/** Every request of `/v1` that goes through intake. */
export const operations: readonly Operation<never>[] = [
  createLead,
  changeLead,
  deleteLead,
  reopenLead,
  addNote,
  addLeadTask,
  addDeal,
  addTask,
];
