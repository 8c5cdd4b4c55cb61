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
  /** The next step is not taken before; `reason` says why, in plain words that name no person. */
  waits?: { until: Date; reason: string };
  /** Ends the job as failed: why, in plain words that name no person. What this step did stays. */
  failure?: string;
}

/** The context in which a step runs. */
export interface StepContext {
  /** Whoever started the job, with the rights and visibility they have now. */
  caller: Caller;
  referenceData: ReferenceData;
  now: Date;
}

interface Allowed {
  /**
   * What whoever started the job must still be allowed to do; null for the server's own upkeep, which anybody starts.
   */
  policy: PolicyName | null | ((job: Job) => PolicyName);
}

/** A kind of job that works in the database alone. */
export interface StepHandler extends Allowed {
  /**
   * Runs the next step of a job in the given transaction, so that its changes and its progress commit together: each
   * step is done once, whatever crashes.
   */
  step(tx: Tx, job: Job, context: StepContext): Promise<Step>;
}

/**
 * A kind of job that does something outside the database, such as sending a message. It happens at least once: after a
 * crash between `perform` and `store`, or when it took longer than allowed, it is done again. Send an id along by which
 * the receiver can recognise a repeat.
 */
export interface EffectHandler<Work = unknown, Outcome = unknown> extends Allowed {
  /** How long `perform` may take, in ms; then its signal is aborted and the attempt has failed. */
  timeLimit: number;
  /** Reads what is to be done, in a transaction; undefined if nothing is left, which finishes the job. */
  prepare(tx: Tx, job: Job, context: StepContext): Promise<Work | undefined>;
  /** Does it, outside any transaction. What it throws counts as a failed attempt and is tried again a few times. */
  perform(work: Work, signal: AbortSignal): Promise<Outcome>;
  /** Stores what came of it, in the transaction of the job's progress; also if the job was cancelled meanwhile. */
  store(tx: Tx, outcome: Outcome, job: Job, context: StepContext): Promise<Step>;
}

export type JobHandler = StepHandler | EffectHandler;
export type JobHandlers = Readonly<Record<JobKind, JobHandler>>;

/** What whoever started this job must be allowed to do; null for the server's own upkeep. */
export function policyOf({ policy }: JobHandler, job: Job): PolicyName | null {
  return typeof policy === 'function' ? policy(job) : policy;
}
