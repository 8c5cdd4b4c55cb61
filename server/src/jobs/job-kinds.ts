interface Lane {
  /** Jobs at work at the same time in one process. */
  slots: number;
  /** How many of them one workspace may have: fewer than all, so that one that hangs leaves room for the others. */
  perWorkspace: number;
}

/** Kinds of job that wait for each other, but never for those of another lane. */
export const lanes = {
  /** Changes that somebody asked for and watches. */
  changes: { slots: 2, perWorkspace: 1 },
  /** What the server owes its workspaces, such as removing what has been kept long enough. */
  upkeep: { slots: 2, perWorkspace: 1 },
  samples: { slots: 2, perWorkspace: 1 },
  mail: { slots: 4, perWorkspace: 2 },
} as const satisfies Record<string, Lane>;
type LaneName = keyof typeof lanes;

/** Every kind of job. */
export const jobKinds = {
  'change-leads': { lane: 'changes' },
  'undo-change': { lane: 'changes' },
  'replay-submissions': { lane: 'changes' },
  'settle-name': { lane: 'changes' },
  'remove-status': { lane: 'changes' },
  'remove-tag': { lane: 'changes' },
  'replay-deliveries': { lane: 'changes' },
  'forget-lost-reasons': { lane: 'changes' },
  retention: { lane: 'upkeep' },
  'erase-person': { lane: 'upkeep' },
  'make-demo': { lane: 'samples' },
  'remove-demo': { lane: 'samples' },
  'send-mail': { lane: 'mail' },
  'notify-members': { lane: 'upkeep' },
  'send-digests': { lane: 'upkeep' },
} as const satisfies Record<string, { lane: LaneName }>;
export type JobKind = keyof typeof jobKinds;
export const kindsOfJobs = Object.keys(jobKinds) as JobKind[];

/** How many jobs of all lanes can be at work in one process. */
export const jobSlots = Object.values(lanes).reduce((sum, { slots }) => sum + slots, 0);
