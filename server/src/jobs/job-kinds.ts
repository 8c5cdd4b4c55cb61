interface Lane {
  /** Maximum number of jobs running at the same time in one process. */
  slots: number;
  /** How many of these one workspace may have: not all, so that one whose jobs hang leaves room for the others. */
  perWorkspace: number;
}

/** Groups of kinds of job. A job may have to wait for others of its own lane, but never for those of another. */
export const lanes = {
  /** Changes that somebody has asked for and is waiting for. */
  changes: { slots: 2, perWorkspace: 1 },
  /** Work that the server must do for its workspaces, such as removing old records. */
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

/** How many jobs, of all lanes together, can run in one process at the same time. */
export const jobSlots = Object.values(lanes).reduce((sum, { slots }) => sum + slots, 0);
