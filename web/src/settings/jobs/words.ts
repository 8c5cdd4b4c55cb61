import type { Shape } from '../../api/client.ts';
import type { Tone } from '../../ui/pill.tsx';

type Job = Shape<'JobView'>;
type Schedule = Shape<'JobScheduleView'>;

const kindWords: { readonly [K in Schedule['kind']]: string } = {
  'change-leads': 'Change leads',
  'undo-change': 'Undo a change',
  'replay-submissions': 'Replay requests',
  'settle-name': 'Approve or merge a new name',
  'remove-status': 'Remove a status',
  'remove-tag': 'Remove a tag',
  'replay-deliveries': 'Replay webhook deliveries',
  'forget-lost-reasons': 'Clear lost reasons',
  retention: 'Remove old records',
  'erase-person': 'Erase a person',
  'send-mail': 'Send an email',
  'notify-members': 'Notify members',
  'send-digests': 'Send daily digests',
  'make-demo': 'Create sample leads',
  'remove-demo': 'Remove sample leads',
};

/** The kinds of job, to choose from. */
export const kindChoices = Object.entries(kindWords).map(([value, label]) => ({ value, label }));

/** What a job does, in words; if the kind comes from another version of the server, its plain name. */
export function kindText(kind: string): string {
  return Object.hasOwn(kindWords, kind) ? kindWords[kind as Schedule['kind']] : kind;
}

const stateWords: { readonly [S in Job['state']]: { label: string; tone: Tone } } = {
  running: { label: 'Running', tone: 'contacted' },
  queued: { label: 'Waiting', tone: 'new' },
  failed: { label: 'Failed', tone: 'bad' },
  done: { label: 'Done', tone: 'won' },
  cancelled: { label: 'Cancelled', tone: 'lost' },
};

/** The states of a job, to choose from. */
export const stateChoices = Object.entries(stateWords).map(([value, { label }]) => ({ value, label }));

/** The state of a job as a word and a colour. */
export function stateText({ state, reason }: Job): { label: string; tone: Tone } {
  return state === 'queued' && reason ? { label: 'Trying again', tone: 'proposal' } : stateWords[state];
}

const MINUTES_A_DAY = 1440;

/** The schedule of a job, in words. */
export function ruleText({ daily_at, every_minutes, time_zone }: Schedule): string {
  if (daily_at) return `Each day at ${daily_at} (${time_zone})`;
  if (every_minutes === MINUTES_A_DAY) return 'Once a day';
  return every_minutes === 1 ? 'Every minute' : `Every ${(every_minutes ?? 0).toLocaleString()} minutes`;
}
