import type { Reading } from '../workspaces/reference/reading-rule.ts';

/** A changed field, under its column name. */
export interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
}

/** A submitted value that could not be used as sent. */
interface Warning {
  code: string;
  at: string;
  value: string;
}

/** One submission of a lead: its API and token, the keys that matched, and the resulting changes. */
interface Arrival {
  dialect: string;
  token: string | null;
  matched?: readonly string[];
  changes?: readonly FieldChange[];
  remarks?: readonly Warning[];
  readings?: readonly Reading[];
  call?: string;
  owner_id?: string;
}

interface LeadChange {
  dialect?: string;
  /** Set if the phone was read anew from the text as sent (`repaired`), or if that was undone. */
  recheck?: 'repaired' | 'undone';
  changes: readonly FieldChange[];
}

/** A queued call; `agent` is the name of the person who makes it. */
interface CallDetail {
  call_id: string;
  agent: string;
}

type Nothing = Record<string, never>;

/**
 * Every kind of timeline entry with the shape of its detail. The compiler checks all tables that must cover every kind
 * against it: headlines, filters, replies, and the icons of the web app.
 */
export interface ActivityDetails {
  lead_created: Arrival;
  /** An existing lead was submitted again and updated with the new values. */
  lead_merged: Arrival;
  /** An existing lead was submitted again without any changes. */
  lead_attached: Arrival;
  /** A deleted lead was restored from the bin. */
  lead_restored: Nothing;
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
  /** `outside_hours`: the local time at which the call was taken, if outside the calling hours. */
  call_claimed: CallDetail & { claim_expires_at: Date; outside_hours?: string };
  call_released: CallDetail;
  call_skipped: CallDetail & { reason: string | null; again_at: Date };
  call_ended: CallDetail & { outcome: string; note: string | null; again_at?: Date | undefined; talk_seconds?: number };
  /** The outcome of a call was undone. */
  call_undone: CallDetail & { outcome: string };
  /** The lead was called outside the calling hours, without a queued call. */
  called_outside_hours: { local_time: string };
  call_cancelled: { dialect: string; call_id: string };
  call_logged: { outcome: string; note: string | null; talk_seconds: number | null };
  /** An email to the lead. Not written by any code yet. */
  email_sent: { subject: string };
}

export type ActivityKind = keyof ActivityDetails;

/** Filters that the timeline offers. */
export const timelineKinds = ['calls', 'notes', 'system', 'changes'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

interface KindFacts {
  /** Timeline filters that include this kind. */
  shownUnder: readonly TimelineKind[];
  /** Counts as the first reply if done by a member. Keep in step with the database trigger `first_reply`. */
  isReply: boolean;
  /** Its changes may include a new status. Keep in step with the database trigger `move`. */
  movesStatus: boolean;
}

const plain = (...shownUnder: TimelineKind[]): KindFacts => ({ shownUnder, isReply: false, movesStatus: false });
const reply = (...shownUnder: TimelineKind[]): KindFacts => ({ shownUnder, isReply: true, movesStatus: false });

/** Properties of each kind of activity. */
export const activityKinds: { readonly [K in ActivityKind]: KindFacts } = {
  lead_created: plain('system'),
  lead_merged: { shownUnder: ['system', 'changes'], isReply: false, movesStatus: true },
  lead_attached: plain('system'),
  lead_restored: plain('system'),
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
  call_undone: plain('calls'),
  called_outside_hours: plain('calls'),
  call_cancelled: plain('calls'),
  call_logged: reply('calls'),
  email_sent: reply('system'),
};

export const activityKindNames = Object.keys(activityKinds) as ActivityKind[];

/** Kinds that satisfy the predicate, as an SQL list. */
export function kindsInSql(holds: (facts: KindFacts, kind: ActivityKind) => boolean): string {
  const names = activityKindNames.filter((kind) => holds(activityKinds[kind], kind));
  return `(${names.map((name) => `'${name}'`).join(', ')})`;
}
