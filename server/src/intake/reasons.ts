import type { MatchKey } from '../leads/lead-keys.ts';
import type { Reading } from '../workspaces/reference/reading-rule.ts';
import type { LifecycleState } from '../workspaces/reference-data.ts';
import type { Warning } from './command.ts';

/** A key as its sender wrote it. */
type NamedKey = Pick<MatchKey, 'kind' | 'sent'>;

/** Timeline sentences that explain decisions, in one place for consistency. */
export const reasons = {
  created: 'No lead had this phone or email.',
  createdWithoutKeys: 'It has no phone or email to match.',
  // These do not mention other leads with the same phone, because the reader may not be allowed to see them.
  createdByPolicy: "The token's policy is to create a new lead.",
  erasedBefore: (at: Date) =>
    `A person with this phone or email was erased on ${at.toISOString().slice(0, 10)}; this is a new enquiry.`,
  createdInDoubt: (keys: readonly NamedKey[]) =>
    `Its ${wordKeys(keys)} cannot identify one person for certain, so a new lead was created.`,
  merged: (by: readonly NamedKey[], style: 'fill' | 'overwrite') =>
    `Same ${wordKeys(by)} as this lead. ${style === 'overwrite' ? 'Sent values replaced the stored ones.' : 'Empty fields were filled; nothing was overwritten.'}`,
  attached: (by: readonly NamedKey[]) =>
    `Same ${wordKeys(by)} as this lead. Stored as another touch; nothing was changed.`,
  ownerNamed: 'The sender named the owner.',
  ownerByTurn: (department: string) => `Next in turn in department ${department}.`,
  noMembers: (department: string) => `Department ${department} has no active members, so nobody was assigned.`,
  sourceNumber: (department: string) => `Its number is assigned to department ${department}.`,
  callPlanned: (seconds: number) =>
    seconds > 0 ? `A call was planned in ${inWords(seconds)}.` : 'A call was planned for now.',
  noNumberToCall: 'No call was planned, because its phone is not a phone number.',
  /** Names in the request that wait for approval or were not added. */
  newNames: (warnings: readonly Warning[]) =>
    warnings
      .flatMap(({ code, at, value }) => {
        if (code === 'waiting_for_approval') return `“${value}” (${at}) is waiting for approval.`;
        return code === 'list_limit_reached' ? `“${value}” (${at}) was not added: there are too many new names.` : [];
      })
      .join(' '),
  readAs: (readings: readonly Reading[]) =>
    readings.map(({ sent, meaning }) => `“${sent}” was read as “${meaning}”.`).join(' '),
  reopened: 'It enquired again after it was cancelled.',
  enquiredAgain: (state: LifecycleState) => `It enquired again after it was ${state}.`,
  reopenedByEnquiry: (state: LifecycleState) => `It enquired again after it was ${state}, and was reopened.`,
  stepPlanned: (state: LifecycleState) => `It enquired again after it was ${state}; a next step was planned.`,
  notToCall: 'The person with this number asked not to be called.',
  reopenedByHand: (status: string) => `Reopened in its previous status: ${status}.`,
};

const LONGEST_KEY = 60;

/** Keys as their sender wrote them. */
function wordKeys(keys: readonly NamedKey[]): string {
  return keys
    .map(({ kind, sent }) => `${kind} ${sent.length > LONGEST_KEY ? `${sent.slice(0, LONGEST_KEY)}…` : sent.trim()}`)
    .join(' and ');
}

/** A delay: 45 s, 10 min, 2 h. */
function inWords(seconds: number): string {
  if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
