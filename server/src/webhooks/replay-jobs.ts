import type { StepHandler } from '../jobs/job-handler.ts';
import type { Job } from '../jobs/job-store.ts';
import { type ReplayScope, replayDeliveries } from './delivery-store.ts';
import type { DeliveryState } from './webhook.ts';
import { getWebhook } from './webhook-store.ts';

/** Kind of the job that sends deliveries again. */
export const REPLAY_DELIVERIES_JOB = 'replay-deliveries';
const STEP = 500;

/** Parameters of the job; times as ISO 8601. */
interface ReplayParams {
  webhook_id: string;
  since: string;
  until: string;
  states: readonly DeliveryState[];
}

/** The scope that the parameters of a job describe. */
export function replayParams({ since, until, states }: ReplayParams): ReplayScope {
  return { since: new Date(since), until: new Date(until), states };
}

/** Makes a few hundred deliveries due per step, so that a long replay does not hold up others. */
export const replayDeliveriesHandler: StepHandler = {
  policy: 'administer',
  async step(tx, job: Job, { now }) {
    const params = job.params as unknown as ReplayParams;
    const after = job.progress['after'] as string | undefined;
    const webhook = await getWebhook(tx, params.webhook_id);
    if (!webhook?.enabled) {
      const stopped = webhook ? 'The webhook was disabled.' : 'The webhook was deleted.';
      return { done: 0, result: { ...job.result, stopped }, finished: true };
    }
    const page = { after, limit: STEP, now };
    const ids = await replayDeliveries(tx, params.webhook_id, replayParams(params), page);
    return { done: ids.length, progress: { after: ids.at(-1) ?? after }, finished: ids.length < STEP };
  },
};
