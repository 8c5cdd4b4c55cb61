import type { LeadChange } from '../../leads/save-lead-change.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Caller } from '../../workspaces/access/caller.ts';
import type { Visibility } from '../../workspaces/access/visibility.ts';
import type { Reading } from '../../workspaces/reference/reading-rule.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import type { Command, CommandKind } from '../command.ts';
import type { Prepared } from '../prepare.ts';
import { reasons } from '../reasons.ts';
import type { Result } from '../result.ts';

/** The circumstances under which a command is performed. */
export interface CommandContext {
  caller: Caller;
  /** The kept request that asks for it; null: it is asked for by none. */
  submissionId: string | null;
  referenceData: ReferenceData;
  actor: string;
  now: Date;
  /** What was read as something else, by rules of the workspace. */
  readings?: readonly Reading[] | undefined;
  /** Whose leads the caller sees; undefined: all. */
  visibility?: Visibility | undefined;
  /** The command in prepared form, where a request brought it; else the performer prepares it. */
  prepared?: Prepared | undefined;
}

/** What came of it. */
export interface Performed {
  result: Result;
  lead_id: string | null;
}

/** Performs one kind of command in the transaction it is given; refuses with a Problem, never by throwing. */
export type Performer<K extends CommandKind> = (
  tx: Tx,
  command: Extract<Command, { kind: K }>,
  context: CommandContext,
) => Promise<Performed | Problem>;

/** Who changed a lead by a command, when and why, for `saveLeadChange`. */
export function changedBy(
  { caller, actor, referenceData, now, submissionId, readings = [] }: CommandContext,
  reason?: string,
): Omit<LeadChange, 'before' | 'lead' | 'changes'> {
  return {
    actor,
    reason: [reason, reasons.readAs(readings)].filter(Boolean).join(' ') || undefined,
    detail: { dialect: caller.dialect },
    submission_id: submissionId,
    referenceData,
    at: now,
  };
}

export const leadNotFound: Problem = { kind: 'not_found', what: 'lead' };
