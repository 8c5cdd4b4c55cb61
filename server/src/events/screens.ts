import type { Note, Tx } from '../platform/database/transaction.ts';

/** What a screen may show, by the names of its queries. */
export const topics = ['leads', 'calls', 'tasks', 'deals', 'journal', 'jobs', 'people', 'settings', 'views'] as const;
export type Topic = (typeof topics)[number];

/** Says that a transaction changes what screens show; they are told after its commit. Announced events do so themselves. */
export function touches(tx: Tx, topic: Topic, leadId?: string | null): void {
  tx.note(topic, leadId ?? undefined);
}

/** Says that a transaction changes so much that every screen looks again. */
export function touchesEverything(tx: Tx): void {
  for (const topic of topics) tx.note(topic);
}

/** The topic that a committed note is about; undefined when it is not for screens. */
export function topicOf({ subject }: Note): Topic | undefined {
  return topics.find((topic) => topic === subject);
}
