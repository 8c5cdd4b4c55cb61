import type { Database } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { JobKind } from './job-kinds.ts';
import { enqueue } from './job-store.ts';
import { nextTime, ruleText, type ScheduleRule } from './schedule-rule.ts';
import {
  addSchedule,
  isStillOn,
  listSchedules,
  moveSchedule,
  noteStarted,
  type Schedule,
  storedZone,
  workspacesToSchedule,
} from './schedule-store.ts';
import { jobSchedules } from './schedules.ts';

interface Options {
  database: Database;
  clock(): Date;
  /** Other schedules, for tests. */
  schedules?: Readonly<Record<string, { kind: JobKind; rule: ScheduleRule }>>;
}
type Wanted = ReturnType<typeof wantedOf>[number];

const CHECK_MS = 10_000;
/**
 * Enqueues scheduled jobs, in every workspace. Any number of processes may do so: each scheduled time is used once.
 * `onError` is called once for failures in a row. Returns a function that stops it.
 */
export function startSchedules(
  options: Options & { onError(error: unknown): void; checkEvery?: number },
): () => Promise<void> {
  let checking: Promise<void> | undefined;
  let isFailing = false;
  const check = () => {
    checking ??= enqueueDue(options)
      .then(() => {
        isFailing = false;
      })
      .catch((error: unknown) => {
        if (!isFailing) options.onError(error);
        isFailing = true;
      })
      .finally(() => {
        checking = undefined;
      });
  };
  check();
  const timer = setInterval(check, options.checkEvery ?? CHECK_MS).unref();
  return async () => {
    clearInterval(timer);
    await checking;
  };
}

/** Enqueues the jobs that are due now. If times were missed while no server ran, the job runs once, now. */
export async function enqueueDue({ database, clock, schedules = jobSchedules }: Options): Promise<void> {
  const wanted = wantedOf(schedules);
  const now = clock();
  const rules = wanted.map(({ name, text }) => ({ name, rule: text }));
  for (const workspaceId of await database.global((tx) => workspacesToSchedule(tx, rules, now)))
    await database.tx(workspaceId, (tx) => enqueueIn(tx, wanted, now));
}

function wantedOf(schedules: NonNullable<Options['schedules']>) {
  return Object.entries(schedules).map(([name, { kind, rule }]) => ({ name, kind, rule, text: ruleText(rule) }));
}

async function enqueueIn(tx: Tx, wanted: readonly Wanted[], now: Date): Promise<void> {
  const zone = await storedZone(tx);
  const stored = new Map((await listSchedules(tx)).map((schedule) => [schedule.name, schedule]));
  for (const one of wanted) {
    const schedule = stored.get(one.name);
    const plan = { name: one.name, rule: one.text, time_zone: zone };
    if (!schedule)
      await addSchedule(tx, { ...plan, next_at: nextTime(one.rule, now, zone), last_at: null, last_job_id: null });
    else if (schedule.next_at <= now) await start(tx, one, { ...schedule, ...plan }, now);
    else if (schedule.rule !== plan.rule || schedule.time_zone !== zone)
      await moveSchedule(tx, schedule.next_at, {
        ...schedule,
        ...plan,
        next_at: replanned(one.rule, schedule, now, zone),
      });
  }
}

/** The next time by a new rule or in a new time zone. An interval keeps a time that was brought forward. */
function replanned(rule: ScheduleRule, { next_at }: Schedule, now: Date, zone: string): Date {
  const next = nextTime(rule, now, zone);
  return 'everyMinutes' in rule && next_at < next ? next_at : next;
}

/** Moves a due schedule on and enqueues its job, unless another process did or the last job has not ended. */
async function start(tx: Tx, { kind, rule }: Wanted, schedule: Schedule, now: Date): Promise<void> {
  const planned = schedule.next_at;
  const skips = await isStillOn(tx, schedule);
  const moved = await moveSchedule(tx, planned, {
    ...schedule,
    next_at: nextTime(rule, now, schedule.time_zone, planned),
    ...(!skips && { last_at: now }),
  });
  if (!moved || skips) return;
  const job = await enqueue(tx, { kind, params: {}, total: 0, member_id: null, actor: 'system' }, now);
  await noteStarted(tx, schedule.name, job.id);
}
