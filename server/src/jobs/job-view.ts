import Type, { type Static } from 'typebox';
import { oneOf, shape } from '../http/shapes.ts';
import { type Job, jobStates } from './job-store.ts';

/** A job as `/v1` shows it. */
export const jobView = shape(
  'JobView',
  Type.Object(
    {
      id: Type.String(),
      kind: Type.String({ description: 'What is done: change-leads, replay-submissions ...' }),
      state: oneOf(jobStates, 'How it stands.'),
      total: Type.Integer({ description: 'How many things there are to do.' }),
      done: Type.Integer({ description: 'How many are done, in vain or not.' }),
      failed: Type.Integer({ description: 'How many of them were in vain.' }),
      result: Type.Record(Type.String(), Type.Unknown(), { description: 'What came of it.' }),
      created_at: Type.String({ format: 'date-time' }),
      updated_at: Type.String({ format: 'date-time' }),
    },
    { description: 'Long work, done behind the answer.' },
  ),
);

/** Shows a job. */
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
