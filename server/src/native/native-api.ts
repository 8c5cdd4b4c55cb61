import { wordProblem } from '../http/problem-words.ts';
import type { CallContext, IntakeApi } from '../intake/endpoint.ts';
import { addDeal, addLeadTask, addNote, addTask } from './adding-operations.ts';
import { changeLead, createLead, deleteLead, reopenLead } from './lead-operations.ts';

/** Our own API as intake sees it: every request of `/v1` that goes through intake. */
export const nativeApi: IntakeApi<CallContext> = {
  name: 'native',
  bodies: 'json',
  endpoints: [createLead, changeLead, deleteLead, reopenLead, addNote, addLeadTask, addDeal, addTask],
  secretNames: { query: [], body: [] },
  refuse: (problem, submissionId) => wordProblem(problem, `/v1/submissions/${submissionId}`),
};
