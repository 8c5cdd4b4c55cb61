/** The tabs of the task page. */
const tabs = ['today', 'upcoming', 'done', 'team'] as const;
export type Tab = (typeof tabs)[number];

/** The search parameters of the page. */
interface TasksSearch {
  tab?: Tab;
  /** On the team tab: a member's id, or `none`. */
  who?: string;
  /** On the today tab: only overdue tasks, or only those due later today. */
  due?: Due;
}

const dues = ['overdue', 'today'] as const;
type Due = (typeof dues)[number];

/** Reads the search parameters; invalid ones are ignored. */
export function readSearch(sent: { tab?: unknown; who?: unknown; due?: unknown }): TasksSearch {
  const tab = tabs.find((one) => one === sent.tab);
  const due = dues.find((one) => one === sent.due);
  const { who } = sent;
  return { ...(tab && { tab }), ...(typeof who === 'string' && who && { who }), ...(due && { due }) };
}
