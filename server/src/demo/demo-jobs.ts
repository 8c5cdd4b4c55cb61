import type { JobHandlers, StepHandler } from '../jobs/job-handler.ts';
import { announceChange } from '../workspaces/change-store.ts';
import { clockOf, createDemoBatch, planDemo } from './create-demo-batch.ts';
import { countDemoLeads } from './demo-store.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { removeBatch } from './remove-demo.ts';

/** The kinds of job that create and remove sample leads. */
export const demoJobs = { make: 'make-demo', remove: 'remove-demo' } as const;

const make: StepHandler['step'] = async (tx, { params, progress, created_at, done }) => {
  const leads = Number(params['leads']);
  const before = typeof progress['before'] === 'number' ? progress['before'] : await countDemoLeads(tx);
  const context = await prepareWorkspace(tx, before + leads);
  const plan = planDemo(leads, before, created_at);
  const made = await createDemoBatch(tx, plan, context, clockOf(plan, context), done);
  const finished = done + made >= leads;
  if (done === 0 || finished) await announceChange(tx);
  return { done: made, progress: { before }, result: { leads: done + made }, finished };
};

const remove: StepHandler['step'] = async (tx, { done }, { now }) => {
  const { removed, finished } = await removeBatch(tx, now);
  return { done: removed, result: { leads: done + removed }, finished };
};

/** The handlers of these jobs. */
export const demoJobHandlers: Pick<JobHandlers, 'make-demo' | 'remove-demo'> = {
  [demoJobs.make]: { policy: 'administer', step: make },
  [demoJobs.remove]: { policy: 'administer', step: remove },
};
