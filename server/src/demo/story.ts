import type { Status } from '../workspaces/reference-data.ts';
import type { Person } from './person.ts';
import type { DemoAgent, DemoSource } from './stage.ts';

/** A call that was made. */
export interface StoryCall {
  at: number;
  outcomeId: string | null;
  outcome: string;
  reached: boolean;
  talkSeconds: number;
  callback: boolean;
  /** When it was due. */
  dueAt: number;
  note: string | null;
}
interface StoryMove {
  at: number;
  from: Status;
  to: Status;
  lostReasonId: string | null;
}
export interface StoryTask {
  at: number;
  name: string;
  category: 'normal' | 'call' | 'email';
  dueAt: number;
  doneAt: number | null;
}
export interface StoryDeal {
  at: number;
  name: string;
  stageId: string;
  amount: number;
  expectedAt: number;
  closedAt: number | null;
}

/** What happened with one lead, from its arrival to this moment. */
export interface Story {
  person: Person;
  arrivedAt: number;
  source: DemoSource;
  campaign: string | null;
  typeId: string | null;
  typeName: string | null;
  agent: DemoAgent | null;
  wish: string;
  repliedAt: number | null;
  calls: StoryCall[];
  /** The call that waits in the queue. */
  waiting: { dueAt: number; callback: boolean; attempts: number } | null;
  moves: StoryMove[];
  notes: { at: number; text: string }[];
  tasks: StoryTask[];
  deal: StoryDeal | null;
  /** It came again, through the same source. */
  cameAgainAt: number | null;
  doNotCallSince: number | null;
}
