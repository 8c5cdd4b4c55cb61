import type { JobHandler, JobHandlers } from '../jobs/job-runner.ts';
import { announceChange } from '../workspaces/change-store.ts';
import { prepareStage } from './cast.ts';
import { countDemoLeads } from './demo-store.ts';
import { clockOf, makeBatch, planDemo } from './make-demo.ts';
import { removeBatch } from './remove-demo.ts';

/** Kinds of the jobs around made-up leads. */
export const demoJobs = { make: 'make-demo', remove: 'remove-demo' } as const;

const make: JobHandler = async (tx, { params, progress, created_at, done }) => {
  const leads = Number(params['leads']);
  const before = typeof progress['before'] === 'number' ? progress['before'] : await countDemoLeads(tx);
  const stage = await prepareStage(tx, before + leads);
  const plan = planDemo(leads, before, created_at);
  const made = await makeBatch(tx, plan, stage, clockOf(plan, stage), done);
  const finished = done + made >= leads;
  if (done === 0 || finished) await announceChange(tx);
  return { done: made, progress: { before }, result: { leads: done + made }, finished };
};

const remove: JobHandler = async (tx, { done }, now) => {
  const { removed, finished } = await removeBatch(tx, now);
  return { done: removed, result: { leads: done + removed }, finished };
};

/** Who does them. */
export const demoJobHandlers: JobHandlers = { [demoJobs.make]: make, [demoJobs.remove]: remove };
