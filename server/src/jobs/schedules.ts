import type { JobKind } from './job-kinds.ts';
import type { ScheduleRule } from './schedule-rule.ts';

/** A job that starts by the clock, in each workspace. */
export type ScheduleName = 'retention';

/** What each of them starts, and when. The parameters of the job are empty. */
export const jobSchedules: Readonly<Record<ScheduleName, { kind: JobKind; rule: ScheduleRule }>> = {
  /** Comes earlier than this where something is to be removed at once. */
  retention: { kind: 'retention', rule: { everyMinutes: 1440 } },
};
