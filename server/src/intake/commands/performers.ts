import type { CommandKind } from '../command.ts';
import { addDeal, addNote, addTask } from './add-note-task-deal.ts';
import { cancelCall } from './calls.ts';
import { assignDepartment } from './departments.ts';
import { changeStatus, deleteLead, listLeads, showLead, updateLead } from './leads.ts';
import type { Performer } from './performer.ts';
import { reopenLead } from './reopen-lead.ts';
import { listReferences, signInByKey, signOut } from './sessions.ts';

/**
 * The performer of each kind of command; a missing one is a compile error. Leads are created in batches (batch/), and
 * password sign-in runs before the workspace is known (sign-in.ts).
 */
export const performers: { [K in Exclude<CommandKind, 'createLead' | 'signIn'>]: Performer<K> } & {
  signIn: Performer<'signIn'>;
} = {
  showLead,
  listLeads,
  updateLead,
  deleteLead,
  changeStatus,
  reopenLead,
  addNote,
  addTask,
  addDeal,
  assignDepartment,
  cancelCall,
  signInByKey,
  signOut,
  listReferences,
  signIn: () => Promise.reject(new Error('Signing in by password is performed before a workspace is known.')),
};
