import type { Reading } from '../workspaces/reference/reading-rule.ts';

/** One field that changed, in the names of the store. */
export interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
}

/** What a sender said that could not be taken as it was. */
interface Remark {
  code: string;
  at: string;
  value: string;
}

/** An arrival: by which API and token it came, what it was matched by, and what else followed. */
interface Arrival {
  dialect: string;
  token: string | null;
  matched?: readonly string[];
  changes?: readonly FieldChange[];
  twins?: readonly string[];
  remarks?: readonly Remark[];
  readings?: readonly Reading[];
  call?: string;
  owner_id?: string;
}

interface LeadChange {
  dialect?: string;
  changes: readonly FieldChange[];
}

/** A call of the queue; `agent` is what the caller is called. */
interface CallDetail {
  call_id: string;
  agent: string;
}

type Nothing = Record<string, never>;

/**
 * Everything that a lead's timeline can tell of, with the detail that each kind of line keeps. What must know every kind
 * (its words, its filters, what counts as a reply, the icon in the web app) is checked against it by the compiler.
 */
export interface ActivityDetails {
  lead_created: Arrival;
  /** A known lead came again and took over what it brought. */
  lead_merged: Arrival;
  /** A known lead came again and stayed as it was. */
  lead_attached: Arrival;
  lead_updated: LeadChange;
  status_changed: LeadChange;
  do_not_call: LeadChange & { reason: string | null; cancelled: number };
  do_not_call_lifted: LeadChange;
  twin_dismissed: { other_id: string };
  note_added: { dialect: string; id: string; text: string };
  note_deleted: Nothing;
  task_added: { dialect: string; id: string; name: string; category: string; due_at: Date | null };
  task_done: { id: string };
  task_reopened: { id: string };
  task_deleted: { id: string };
  deal_added: { dialect: string; id: string; name: string | null; amount: number | null };
  deal_changed: { id: string; changes: readonly FieldChange[] };
  deal_deleted: { id: string };
  call_planned: CallDetail & { due_at: Date };
  call_claimed: CallDetail & { claim_expires_at: Date };
  call_released: CallDetail;
  call_skipped: CallDetail & { reason: string | null; again_at: Date };
  call_ended: CallDetail & { outcome: string; note: string | null; again_at?: Date | undefined; talk_seconds?: number };
  call_cancelled: { dialect: string; call_id: string };
  call_logged: { outcome: string; note: string | null; talk_seconds: number | null };
  /** An e-mail to the lead. Nothing writes it yet. */
  email_sent: { subject: string };
}

export type ActivityKind = keyof ActivityDetails;

/** What a timeline may be narrowed to. */
export const timelineKinds = ['calls', 'notes', 'system', 'changes'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

interface KindFacts {
  /** The narrowings of the timeline that show it. */
  shownUnder: readonly TimelineKind[];
  /** Done by a member, it is the first reply to a lead that waits for one. The trigger `first_reply` has the same list. */
  isReply: boolean;
  /** Its changes may hold a move to another status. The trigger `move` has the same list. */
  movesStatus: boolean;
}

const plain = (...shownUnder: TimelineKind[]): KindFacts => ({ shownUnder, isReply: false, movesStatus: false });
const reply = (...shownUnder: TimelineKind[]): KindFacts => ({ shownUnder, isReply: true, movesStatus: false });

/** What the rest of the server must know of each kind. */
export const activityKinds: { readonly [K in ActivityKind]: KindFacts } = {
  lead_created: plain('system'),
  lead_merged: { shownUnder: ['system', 'changes'], isReply: false, movesStatus: true },
  lead_attached: plain('system'),
  lead_updated: plain('system', 'changes'),
  status_changed: { shownUnder: ['system', 'changes'], isReply: true, movesStatus: true },
  do_not_call: plain('system'),
  do_not_call_lifted: plain('system'),
  twin_dismissed: plain('system'),
  note_added: plain(),
  note_deleted: plain('notes'),
  task_added: plain(),
  task_done: plain(),
  task_reopened: plain(),
  task_deleted: plain(),
  deal_added: plain(),
  deal_changed: plain(),
  deal_deleted: plain(),
  call_planned: plain('calls'),
  call_claimed: plain('calls'),
  call_released: plain('calls'),
  call_skipped: plain('calls'),
  call_ended: reply('calls'),
  call_cancelled: plain('calls'),
  call_logged: reply('calls'),
  email_sent: reply('system'),
};

export const activityKindNames = Object.keys(activityKinds) as ActivityKind[];

/** The kinds of which something holds, as a list for SQL. */
export function kindsInSql(holds: (facts: KindFacts, kind: ActivityKind) => boolean): string {
  const names = activityKindNames.filter((kind) => holds(activityKinds[kind], kind));
  return `(${names.map((name) => `'${name}'`).join(', ')})`;
}
