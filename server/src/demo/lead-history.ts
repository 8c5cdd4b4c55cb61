import type { Status } from '../workspaces/reference-data.ts';
import type { DemoAgent, DemoSource } from './demo-context.ts';
import type { Person } from './person.ts';

/** A call that was made. */
export interface PastCall {
  at: number;
  outcomeId: string | null;
  outcome: string;
  reached: boolean;
  talkSeconds: number;
  callback: boolean;
  /** When the call was due. */
  dueAt: number;
  note: string | null;
}
interface StatusMove {
  at: number;
  from: Status;
  to: Status;
  lostReasonId: string | null;
}
export interface PastTask {
  at: number;
  name: string;
  category: 'normal' | 'call' | 'email';
  dueAt: number;
  doneAt: number | null;
}
export interface PastDeal {
  at: number;
  name: string;
  stageId: string;
  amount: number;
  expectedAt: number;
  closedAt: number | null;
}

/** Everything that has happened to one lead so far. */
export interface LeadHistory {
  person: Person;
  arrivedAt: number;
  source: DemoSource;
  campaign: string | null;
  typeId: string | null;
  typeName: string | null;
  agent: DemoAgent | null;
  wish: string;
  repliedAt: number | null;
  calls: PastCall[];
  /** The call waiting in the queue. */
  waiting: { dueAt: number; callback: boolean; attempts: number } | null;
  moves: StatusMove[];
  notes: { at: number; text: string }[];
  tasks: PastTask[];
  deal: PastDeal | null;
  /** When the same lead arrived again through the same source. */
  arrivedAgainAt: number | null;
  doNotCallSince: number | null;
}
