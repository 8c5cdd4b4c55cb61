/** The topics of live updates. A query's key begins with the topic that invalidates it: `['leads', filters]`. */
const topics = ['leads', 'calls', 'tasks', 'deals', 'journal', 'jobs', 'people', 'settings', 'views'] as const;
export type Topic = (typeof topics)[number];

/** Query keys for the shell itself. */
export const keys = {
  me: ['people', 'me'] as const,
  badges: ['badges'] as const,
  job: (id: string) => ['jobs', id] as const,
};
