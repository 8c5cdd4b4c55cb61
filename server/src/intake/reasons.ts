import type { LeadKey } from '../leads/lead-keys.ts';
import type { Reading } from '../workspaces/reference/reading-rule.ts';

/** Timeline sentences that explain decisions, in one place for consistency. */
export const reasons = {
  created: 'No lead had this phone or email.',
  createdWithoutKeys: 'It came without a phone or email that could be matched.',
  createdByPolicy: (twins: number) =>
    twins > 0
      ? `The token's policy is to create; ${twins} other lead${twins > 1 ? 's have' : ' has'} the same phone or email.`
      : "The token's policy is to create.",
  merged: (by: LeadKey['kind'][], style: 'fill' | 'overwrite') =>
    `Same ${wordKeys(by)} as this lead. ${style === 'overwrite' ? 'Sent values overwrite.' : 'Blanks were filled, nothing was overwritten.'}`,
  attached: (by: LeadKey['kind'][]) => `Same ${wordKeys(by)} as this lead. Kept as another touch; nothing was changed.`,
  ownerNamed: 'The sender named the owner.',
  ownerByTurn: (department: string) => `Next in turn in department ${department}.`,
  noMembers: (department: string) => `Department ${department} has no active members, so nobody was assigned.`,
  sourceNumber: (department: string) => `Its number is assigned to department ${department}.`,
  callPlanned: (seconds: number) =>
    seconds > 0 ? `A call was planned in ${seconds} seconds.` : 'A call was planned at once.',
  /** Describes the values that the workspace's reading rules replaced. */
  readAs: (readings: readonly Reading[]) =>
    readings.map(({ sent, meaning }) => `We read ${sent} as ${meaning}.`).join(' '),
  reopened: 'It came again after it had been cancelled.',
  reopenedByHand: (status: string) => `Opened again where it stood before: ${status}.`,
};

function wordKeys(kinds: LeadKey['kind'][]): string {
  return kinds.map((kind) => (kind === 'email' ? 'email' : kind)).join(' and ');
}
