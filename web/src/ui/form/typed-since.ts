/** What was typed into a field while the text sent from it was being saved: only that stays in the field afterwards. */
export function typedSince(now: string, sent: string): string {
  return now.startsWith(sent) ? now.slice(sent.length).trimStart() : now;
}
