import { BULK_JOB, bulkHandler } from './bulk/bulk-jobs.ts';
import { FORGET_REASONS_JOB, forgetReasons } from './bulk/forget-reasons.ts';
import { REMOVE_STATUS_JOB, removeStatusHandler } from './bulk/remove-status.ts';
import { SETTLE_NAME_JOB, settleNameHandler } from './bulk/settle-name.ts';
import { UNDO_JOB, undoHandler } from './bulk/undo-jobs.ts';
import { demoJobHandlers } from './demo/demo-jobs.ts';
import type { JobHandlers } from './jobs/job-runner.ts';
import type { ReplayParts } from './journal/replay.ts';
import { REPLAY_JOB, replayHandler } from './journal/replay-jobs.ts';
import { ERASURE_JOB, erasureHandler } from './privacy/erasure-jobs.ts';
import { RETENTION_JOB, retentionHandler } from './privacy/retention-jobs.ts';
import type { Tombstones } from './privacy/tombstones.ts';
import type { ServerContext } from './server-context.ts';
import { REPLAY_DELIVERIES_JOB, replayDeliveriesHandler } from './webhooks/replay-jobs.ts';

/** The handler of each kind of job. */
export function jobHandlers(
  parts: ReplayParts & Pick<ServerContext, 'changed'> & { tombstones: Tombstones },
): JobHandlers {
  return {
    [BULK_JOB]: bulkHandler,
    [UNDO_JOB]: undoHandler,
    [REPLAY_JOB]: replayHandler(parts),
    ...demoJobHandlers,
    [SETTLE_NAME_JOB]: settleNameHandler(parts),
    [REMOVE_STATUS_JOB]: removeStatusHandler(parts),
    [FORGET_REASONS_JOB]: forgetReasons,
    [RETENTION_JOB]: retentionHandler,
    [ERASURE_JOB]: erasureHandler(parts.tombstones),
    [REPLAY_DELIVERIES_JOB]: replayDeliveriesHandler,
  };
}
