import type { Problem } from '../platform/problem.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import { refusalOf } from '../workspaces/access/guard.ts';
import type { PolicyName } from '../workspaces/access/policies.ts';
import type { Command, CommandKind } from './command.ts';

/**
 * The policy for each command, whichever API, job or replay issues it. A command without an entry is a compile error.
 */
export const commandPolicies: { readonly [K in CommandKind]: PolicyName } = {
  createLead: 'work leads',
  updateLead: 'work leads',
  deleteLead: 'delete leads',
  showLead: 'read leads',
  listLeads: 'read leads',
  addNote: 'work leads',
  addTask: 'work leads',
  addDeal: 'work leads',
  changeStatus: 'work leads',
  reopenLead: 'work leads',
  assignDepartment: 'route leads',
  cancelCall: 'work leads',
  signIn: 'public',
  signInByKey: 'public',
  signOut: 'public',
  listReferences: 'read settings',
};

declare const isAllowed: unique symbol;

/**
 * A command that its caller may issue. Only `allow` creates one, and only such commands can be performed, so the
 * guard cannot be bypassed.
 */
export type Allowed<C extends Command = Command> = C extends Command ? C & { readonly [isAllowed]: C['kind'] } : never;

/** Checks with the guard whether the caller may issue this command; returns the command, or the reason to refuse it. */
export function allow<C extends Command>(command: C, caller: Pick<Caller, 'rights'>): Allowed<C> | Problem {
  return refusalOf(caller, commandPolicies[command.kind]) ?? (command as Allowed<C>);
}
