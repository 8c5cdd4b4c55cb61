/** The topics of live updates. A query's key begins with the topic that makes it old: `['leads', filters]`. */
const topics = ['leads', 'calls', 'tasks', 'deals', 'journal', 'jobs', 'people', 'settings', 'views'] as const;
export type Topic = (typeof topics)[number];

/** Keys of what the shell itself asks for. */
export const keys = {
  me: ['people', 'me'] as const,
  badges: ['badges'] as const,
  job: (id: string) => ['jobs', id] as const,
};
