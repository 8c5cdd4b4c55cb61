import type { LeadChange } from '../../leads/save-lead-change.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Caller } from '../../workspaces/access/caller.ts';
import type { Reading } from '../../workspaces/reference/reading-rule.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import type { Allowed } from '../allow.ts';
import type { Command, CommandKind } from '../command.ts';
import type { Prepared } from '../prepare.ts';
import { reasons } from '../reasons.ts';
import type { Result } from '../result.ts';

/** The context in which a command is performed. */
export interface CommandContext {
  caller: Caller;
  /** The stored request that contains the command; null if there is none. */
  submissionId: string | null;
  referenceData: ReferenceData;
  actor: string;
  now: Date;
  /** Values that the workspace's reading rules replaced. */
  readings?: readonly Reading[] | undefined;
  /** The job that issued the command. */
  jobId?: string | undefined;
  /** The prepared command, if it came from a request; otherwise the performer prepares it. */
  prepared?: Prepared | undefined;
}

/** Result of a performed command. */
export interface Performed {
  result: Result;
  lead_id: string | null;
}

/** Performs one kind of command in the given transaction; refuses by returning a Problem, not by throwing. */
export type Performer<K extends CommandKind> = (
  tx: Tx,
  command: Allowed<Extract<Command, { kind: K }>>,
  context: CommandContext,
) => Promise<Performed | Problem>;

/** The cause of a lead change made by a command, for `saveLeadChange`. */
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
