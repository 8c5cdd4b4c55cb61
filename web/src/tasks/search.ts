/** The tabs of the page of tasks. */
export const tabs = ['today', 'upcoming', 'done', 'team'] as const;
export type Tab = (typeof tabs)[number];

/** What the address of the page says. */
export interface TasksSearch {
  tab?: Tab;
  /** On the team's tab: a member's id, or `none`. */
  who?: string;
}

/** Reads the address; what cannot be one of its parts is left out. */
export function readSearch({ tab, who }: { tab?: unknown; who?: unknown }): TasksSearch {
  const known = tabs.find((one) => one === tab);
  return { ...(known && { tab: known }), ...(typeof who === 'string' && who && { who }) };
}
