import { parseDueDate } from './parse-due-date.ts';
import type { TimeContext } from './read-day.ts';
import { MARK } from './read-time.ts';
import type { TaskCategory } from './task-store.ts';

/** A task typed as one line. */
export interface QuickTask {
  name: string;
  category: TaskCategory;
  due_at: Date | null;
  /** The person that the task seems to be about. */
  who: string | null;
}

const calls = /^(?:call|callback|phone|ring|dial)\b/i;
const emails = /^(?:e-?mail|mail|write|send (?:an? )?e-?mail)\b/i;
const verbs =
  /^(?:call(?: back)?|callback|phone|ring|dial|(?:send (?:an? )?)?e-?mail|mail|write|text|message|visit|meet|see|ask|remind|chase|invoice)\s+(?:(?:with|to)\s+)?(.+)/i;
const towards = /\b(?:to|with|for)\s+(.+)/i;
const ends = /\s+(?:about|re|regarding|because|if|and|on|for|with|to|at|by|from)\b.*|\s+[-–(].*|[,:;.!?](?=\s|$).*/i;

/**
 * Parses a task typed as one line: `call Anjali tomorrow 10`. Words that are not understood stay in the task's name.
 */
export function parseQuickTask(text: string, here: TimeContext): QuickTask {
  const { due_at, rest } = parseDueDate(plain(text), here);
  const name = named(rest);
  return { name, category: categoryOf(name), due_at, who: whoIn(name) };
}

function plain(text: string): string {
  return text.replaceAll(MARK.trim(), ' ').replace(/\s+/g, ' ').trim();
}

function named(rest: string): string {
  const text = plain(rest)
    .replace(/^[\s,;:–-]+/, '')
    .replace(/(?:[\s,;:–-]|\b(?:at|on|by|due|around)$)+$/i, '');
  const first = [...text][0] ?? '';
  return first.toUpperCase() + text.slice(first.length);
}

function categoryOf(name: string): TaskCategory {
  if (calls.test(name)) return 'call';
  return emails.test(name) ? 'email' : 'normal';
}

function whoIn(name: string): string | null {
  const found = verbs.exec(name)?.[1] ?? towards.exec(name)?.[1];
  const who = found?.replace(ends, '').trim();
  return who && who.length <= 100 ? who : null;
}
