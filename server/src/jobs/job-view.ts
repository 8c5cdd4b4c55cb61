import Type, { type Static } from 'typebox';
import { oneOf, shape } from '../http/shapes.ts';
import { type Job, jobStates } from './job-store.ts';

export const jobView = shape(
  'JobView',
  Type.Object(
    {
      id: Type.String(),
      kind: Type.String({ description: 'Kind of job: change-leads, replay-submissions ...' }),
      state: oneOf(jobStates, 'State of the job.'),
      total: Type.Integer({ description: 'Total number of items.' }),
      done: Type.Integer({ description: 'Items processed so far, including failed ones.' }),
      failed: Type.Integer({ description: 'Items that failed.' }),
      result: Type.Record(Type.String(), Type.Unknown(), { description: 'Result of the job.' }),
      created_at: Type.String({ format: 'date-time' }),
      updated_at: Type.String({ format: 'date-time' }),
    },
    { description: 'A long-running background job.' },
  ),
);

export function viewJob(job: Job): Static<typeof jobView.schema> {
  const { id, kind, state, total, done, failed, result, created_at, updated_at } = job;
  return {
    id,
    kind,
    state,
    total,
    done,
    failed,
    result,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  };
}
