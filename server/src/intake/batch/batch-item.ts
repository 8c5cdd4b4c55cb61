import type { FieldChange } from '../../leads/activity-kinds.ts';
import type { Lead } from '../../leads/lead.ts';
import type { LeadKey, MatchKey } from '../../leads/lead-keys.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Task } from '../../tasks/task-store.ts';
import type { Allowed } from '../allow.ts';
import type { Arrival } from '../arrival.ts';
import type { CreateLead } from '../command.ts';
import type { EarlierAnswer, Once } from '../intake-store.ts';
import type { Prepared } from '../prepare.ts';
import type { Result } from '../result.ts';

/** One request in a batch: a lead, or a refusal that is only stored. */
export interface BatchItem {
  arrival: Arrival;
  /** `performance.now()` when the request arrived. */
  started: number;
  incoming?: IncomingLead;
}

export interface IncomingLead {
  prepared: Prepared & { command: Allowed<CreateLead> };
  /** Id for the lead if it is new. */
  leadId: string;
  /** Idempotency key. */
  once?: Once;
}

type Did = Extract<Result, { kind: 'lead' }>['did'];

/** The decision on one request. `lead` is shared by the whole batch. */
export type Decision =
  | { kind: 'accepted'; accepted: AcceptedLead }
  | { kind: 'refused'; problem: Problem }
  /** A repeat of an earlier request; a number is the index of a request earlier in this batch. */
  | { kind: 'again'; earlier: EarlierAnswer | number };

export interface AcceptedLead {
  did: Exclude<Did, 'shown' | 'updated' | 'repeated'>;
  lead: Lead;
  isNew: boolean;
  /** The lead's version after this request; later requests of the batch may increase it. */
  version: number;
  matched: MatchKey['kind'][];
  changes: FieldChange[];
  reason: string;
  /** Phone or email keys that other leads also have, which makes them possible duplicates. */
  sharedKeys: MatchKey[];
  /** Keys of second phones and emails. */
  secondKeys: MatchKey[];
  /** Keys to assign to this lead. */
  newKeys: LeadKey[];
  /** Department whose next member becomes the owner. */
  turnOf?: string;
  ownerReason?: string;
  /** The next step planned because the lead enquired again while closed. */
  task?: Task;
  call?: 'scheduled' | 'already_scheduled' | 'existing_contact';
}
