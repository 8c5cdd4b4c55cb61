import type { CommandKind } from '../command.ts';
import { addDeal, addNote, addTask } from './add-note-task-deal.ts';
import { cancelCall } from './calls.ts';
import { assignDepartment } from './departments.ts';
import { changeStatus, deleteLead, listLeads, showLead, updateLead } from './leads.ts';
import type { Performer } from './performer.ts';
import { reopenLead } from './reopen-lead.ts';
import { listReferences, signInByKey, signOut } from './sessions.ts';

/**
 * Who performs what. Creating leads is gathered (take-in.ts) and signing in by password comes before any workspace is
 * known (open-sign-in.ts); every other kind of command is here, or this does not compile.
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
