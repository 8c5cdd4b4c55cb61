/** The tabs of the page of tasks. */
export const tabs = ['today', 'upcoming', 'done', 'team'] as const;
export type Tab = (typeof tabs)[number];

/** What the address of the page says. */
interface TasksSearch {
  tab?: Tab;
  /** On the team's tab: a member's id, or `none`. */
  who?: string;
  /** On today's tab: only what is overdue, or only what is due later today. */
  due?: Due;
}

const dues = ['overdue', 'today'] as const;
type Due = (typeof dues)[number];

/** Reads the address; what cannot be one of its parts is left out. */
export function readSearch(sent: { tab?: unknown; who?: unknown; due?: unknown }): TasksSearch {
  const tab = tabs.find((one) => one === sent.tab);
  const due = dues.find((one) => one === sent.due);
  const { who } = sent;
  return { ...(tab && { tab }), ...(typeof who === 'string' && who && { who }), ...(due && { due }) };
}
