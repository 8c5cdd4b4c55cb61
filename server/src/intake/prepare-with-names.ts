import { isProblem, type Problem } from '../platform/problem.ts';
import type { Arrival } from './arrival.ts';
import type { Command, CreateLead } from './command.ts';
import type { IntakeOptions } from './intake-options.ts';
import { makeMissingNames } from './make-names.ts';
import { type Prepared, prepare, type Wanted } from './prepare.ts';

/** Prepares a request; names that the workspace does not have yet are made first, in a small commit of their own. */
export async function prepareWithNames(
  arrival: Arrival,
  command: CreateLead | Extract<Command, { kind: 'updateLead' }>,
  options: Pick<IntakeOptions, 'database' | 'referenceCache'>,
): Promise<Prepared | Problem> {
  const wanted: Wanted = { custom: [] };
  const prepared = prepare(command, arrival, wanted);
  const nothingWanted = !wanted.source && !wanted.status && wanted.custom.length === 0;
  const rehearsal = arrival.caller.test_mode || (command.kind === 'createLead' && command.test === true);
  if (nothingWanted || isProblem(prepared) || rehearsal) return prepared;
  const { workspace_id, dialect } = arrival.caller;
  await makeMissingNames(options.database, workspace_id, dialect, wanted, arrival.referenceData);
  arrival.referenceData = await options.referenceCache.renew(workspace_id);
  // What could still not be made (a full list) is left out and said.
  return prepare(command, { ...arrival, caller: { ...arrival.caller, may_extend: false } });
}
