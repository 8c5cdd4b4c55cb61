import type { FieldChange } from '../../leads/activity-kinds.ts';
import type { Lead } from '../../leads/lead.ts';
import type { LeadKey } from '../../leads/lead-keys.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Arrival } from '../arrival.ts';
import type { CreateLead } from '../command.ts';
import type { EarlierAnswer, Once } from '../intake-store.ts';
import type { Prepared } from '../prepare.ts';
import type { Result } from '../result.ts';

/** One arrival in a batch: either a lead, or a refusal that is only stored. */
export interface BatchItem {
  arrival: Arrival;
  /** `performance.now()` when it came. */
  started: number;
  incoming?: IncomingLead;
}

export interface IncomingLead {
  prepared: Prepared & { command: CreateLead };
  /** The id the lead gets if it is new. */
  leadId: string;
  /** Idempotency key. */
  once?: Once;
}

type Did = Extract<Result, { kind: 'lead' }>['did'];

/** What is to become of one arrival. `lead` is the object that the whole batch works on. */
export type Decision =
  | { kind: 'taken'; taken: Taken }
  | { kind: 'refused'; problem: Problem }
  /** The same request as one that was answered before, or (by its place) as one earlier in this batch. */
  | { kind: 'again'; earlier: EarlierAnswer | number };

export interface Taken {
  did: Exclude<Did, 'shown' | 'updated' | 'repeated'>;
  lead: Lead;
  isNew: boolean;
  /** The lead's version by this arrival; a later one of the batch may move it on. */
  version: number;
  matched: LeadKey['kind'][];
  changes: FieldChange[];
  reason: string;
  /** Other leads with the same phone or e-mail. */
  twins: LeadKey[];
  /** Keys that become this lead's. */
  newKeys: LeadKey[];
  /** The department whose next member is to become the owner. */
  turnOf?: string;
  ownerReason?: string;
  call?: 'scheduled' | 'already_scheduled' | 'existing_contact';
}
