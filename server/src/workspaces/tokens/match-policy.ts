/** What to do when an arriving lead is already known by phone or email. */
export const matchPolicies = ['create', 'merge', 'attach', 'refuse'] as const;
export type MatchPolicy = (typeof matchPolicies)[number];

/** On merge: fill blanks only, or let sent values overwrite. */
export const mergeStyles = ['fill', 'overwrite'] as const;
export type MergeStyle = (typeof mergeStyles)[number];
