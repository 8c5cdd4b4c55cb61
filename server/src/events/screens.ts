import type { Note, Tx } from '../platform/database/transaction.ts';

/** Kinds of data that screens show, matching the query names of the web app. */
export const topics = ['leads', 'calls', 'tasks', 'deals', 'journal', 'jobs', 'people', 'settings', 'views'] as const;
export type Topic = (typeof topics)[number];

/**
 * Notifies the screens showing this topic after the commit. Not needed for announced events, because announcing them
 * does so.
 */
export function touches(tx: Tx, topic: Topic, leadId?: string | null): void {
  tx.note(topic, leadId ?? undefined);
}

/** Makes every screen reload after the commit. */
export function touchesEverything(tx: Tx): void {
  for (const topic of topics) tx.note(topic);
}

/** Topic of a committed note; undefined if the note is not meant for screens. */
export function topicOf({ subject }: Note): Topic | undefined {
  return topics.find((topic) => topic === subject);
}
