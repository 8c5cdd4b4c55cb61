/** What to do when an incoming lead matches an existing one by phone or email. */
export const matchPolicies = ['create', 'merge', 'attach', 'refuse'] as const;
export type MatchPolicy = (typeof matchPolicies)[number];

/** How to merge: fill blank fields only, or overwrite with the sent values. */
export const mergeStyles = ['fill', 'overwrite'] as const;
export type MergeStyle = (typeof mergeStyles)[number];
