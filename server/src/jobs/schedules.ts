import type { JobKind } from './job-kinds.ts';
import type { ScheduleRule } from './schedule-rule.ts';

/** Names of the schedules by which jobs start in each workspace. */
export type ScheduleName = 'retention' | 'notices' | 'digests';

/** The job that each schedule starts, without parameters, and when. */
export const jobSchedules: Readonly<Record<ScheduleName, { kind: JobKind; rule: ScheduleRule }>> = {
  /** Is brought forward when something is to be removed at once. */
  retention: { kind: 'retention', rule: { everyMinutes: 1440 } },
  notices: { kind: 'notify-members', rule: { everyMinutes: 1 } },
  digests: { kind: 'send-digests', rule: { daily: '08:00' } },
};
