import { addDeal, addLeadTask, addNote, addTask } from './adding-operations.ts';
import { changeLead, createLead, deleteLead, reopenLead } from './lead-operations.ts';
import { apiOf } from './operation.ts';

/** Our own API as intake sees it: all requests of `/v1` that go through intake. */
export const nativeApi = apiOf([
  createLead,
  changeLead,
  deleteLead,
  reopenLead,
  addNote,
  addLeadTask,
  addDeal,
  addTask,
]);
