import type { Tx } from '../platform/database/transaction.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import type { PolicyName } from '../workspaces/access/policies.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { JobKind } from './job-kinds.ts';
import type { Job } from './job-store.ts';

/** Result of one step: items processed and failed, and where the next step continues. */
export interface Step {
  done: number;
  failed?: number;
  progress?: Readonly<Record<string, unknown>>;
  /** Result of the job so far. */
  result?: Readonly<Record<string, unknown>>;
  /** A better estimate of the total. */
  total?: number;
  finished: boolean;
  /** The next step is not taken before `until`; `reason` says why, in plain words that name no person. */
  waits?: { until: Date; reason: string };
  /** Ends the job as failed, for this reason, in plain words that name no person. What this step did stays. */
  failure?: string;
}

/** The context in which a step runs. */
export interface StepContext {
  /** The member or token that started the job, with the rights and visibility it has now. */
  caller: Caller;
  referenceData: ReferenceData;
  now: Date;
}

interface Allowed {
  /**
   * The policy that the job's starter must still satisfy; null for the server's own upkeep, which needs no permission.
   */
  policy: PolicyName | null | ((job: Job) => PolicyName);
}

/** A kind of job that works in the database only. */
export interface StepHandler extends Allowed {
  /**
   * Runs the next step of a job in the given transaction, so that its changes and its progress commit together: each
   * step is done once, even if something crashes.
   */
  step(tx: Tx, job: Job, context: StepContext): Promise<Step>;
}

/**
 * A kind of job that does something outside the database, such as sending a message. It happens at least once: after a
 * crash between `perform` and `store`, or if it took longer than allowed, it is done again. Send an id along by which
 * the receiver can recognise a repeat.
 */
export interface EffectHandler<Work = unknown, Outcome = unknown> extends Allowed {
  /** How long `perform` may take, in ms; after that, its signal is aborted and the attempt fails. */
  timeLimit: number;
  /** Reads, in a transaction, what is to be done; undefined if nothing is left, which finishes the job. */
  prepare(tx: Tx, job: Job, context: StepContext): Promise<Work | undefined>;
  /** Does the work, outside any transaction. If it throws, the attempt fails and is repeated a few times. */
  perform(work: Work, signal: AbortSignal): Promise<Outcome>;
  /**
   * Stores the outcome in the same transaction as the job's progress, even if the job was cancelled in the meantime.
   */
  store(tx: Tx, outcome: Outcome, job: Job, context: StepContext): Promise<Step>;
}

export type JobHandler = StepHandler | EffectHandler;
export type JobHandlers = Readonly<Record<JobKind, JobHandler>>;

/** The policy that the starter of this job must satisfy; null for the server's own upkeep. */
export function policyOf({ policy }: JobHandler, job: Job): PolicyName | null {
  return typeof policy === 'function' ? policy(job) : policy;
}
