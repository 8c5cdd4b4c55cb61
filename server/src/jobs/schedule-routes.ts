import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { listOf, wholeList } from '../http/list.ts';
import { contextOf, reading } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { instantOrNull, oneOf, textOrNull, viewShape, wholeOrNull } from '../http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import { kindsOfJobs } from './job-kinds.ts';
import { listSchedules, type Schedule } from './schedule-store.ts';
import { jobSchedules, type ScheduleName } from './schedules.ts';

const scheduleView = viewShape('JobScheduleView', 'A schedule on which a job is started.', {
  kind: oneOf(kindsOfJobs, 'Kind of job that it starts.'),
  daily_at: textOrNull("Time of day (HH:MM) in the workspace's time zone; null if it starts at intervals."),
  every_minutes: wholeOrNull('Interval in minutes; null if it starts at a time of day.'),
  time_zone: Type.String({ description: "The workspace's time zone." }),
  next_at: instantOrNull('When it starts next; null if that has not been planned yet.'),
  last_at: instantOrNull('When it last started; null if it never has.'),
  last_job_id: textOrNull('The job that it started last; null if it has not started any.'),
});

const { route } = routesAbout('Jobs');

/** `/v1/job-schedules`: the jobs that start on a schedule. */
export function scheduleRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/job-schedules',
    route('administer', 'List job schedules', { 200: listOf(scheduleView.ref, 'The schedules, by name.') }),
    async (request) => {
      const { time_zone } = contextOf(request).referenceData.workspace;
      const stored = await reading(api, request, listSchedules);
      const names = (Object.keys(jobSchedules) as ScheduleName[]).sort();
      return wholeList(
        names.map((name) => viewSchedule(name, { time_zone, ...stored.find((schedule) => schedule.name === name) })),
      );
    },
  );
}

function viewSchedule(
  name: ScheduleName,
  { time_zone, next_at, last_at, last_job_id }: Partial<Schedule> & Pick<Schedule, 'time_zone'>,
): Static<typeof scheduleView.schema> {
  const { kind, rule } = jobSchedules[name];
  return {
    kind,
    daily_at: 'daily' in rule ? rule.daily : null,
    every_minutes: 'everyMinutes' in rule ? rule.everyMinutes : null,
    time_zone,
    next_at: next_at?.toISOString() ?? null,
    last_at: last_at?.toISOString() ?? null,
    last_job_id: typeof last_job_id === 'string' ? typeId('job', last_job_id) : null,
  };
}
