import { dueWords } from './when.ts';

/** The fields of the next step that leads and cards have in common. */
interface NextStep {
  next_step_at: string | null;
  next_step_kind: string | null;
  next_step: string | null;
}

/** The urgency of a next step. */
type Urgency = 'overdue' | 'today' | 'planned' | 'none';

const kinds: Readonly<Record<string, string>> = { call: 'Call', callback: 'Call back', task: 'Task' };

/** A next step in a few words: `Call back 11:30`. */
export function nextStepWords(
  { next_step_at, next_step_kind, next_step }: NextStep,
  workspaceZone: string,
  now = new Date(),
): string {
  if (next_step_kind === null) return 'No next step';
  const what = next_step ?? kinds[next_step_kind] ?? next_step_kind;
  return next_step_at ? `${what} · ${dueWords(next_step_at, workspaceZone, now)}` : what;
}

/** Says whether the next step is overdue, due today, planned for later, or missing. */
export function urgencyOf({ next_step_at, next_step_kind }: NextStep, now = new Date()): Urgency {
  if (next_step_kind === null) return 'none';
  if (next_step_at === null) return 'planned';
  const due = new Date(next_step_at);
  if (due < now) return 'overdue';
  return due.toDateString() === now.toDateString() ? 'today' : 'planned';
}
