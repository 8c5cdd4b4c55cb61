/** Kinds of the jobs around made-up leads. */
export const demoJobs = { make: 'make-demo', remove: 'remove-demo' } as const;
