import { BULK_JOB, bulkHandler } from './bulk/bulk-jobs.ts';
import { FORGET_REASONS_JOB, forgetReasons } from './bulk/forget-reasons.ts';
import { REMOVE_STATUS_JOB, removeStatusHandler } from './bulk/remove-status.ts';
import { REMOVE_TAG_JOB, removeTagHandler } from './bulk/remove-tag.ts';
import { SETTLE_NAME_JOB, settleNameHandler } from './bulk/settle-name.ts';
import { UNDO_JOB, undoHandler } from './bulk/undo-jobs.ts';
import { demoJobHandlers } from './demo/demo-jobs.ts';
import type { JobHandlers } from './jobs/job-handler.ts';
import { type JobRunner, startJobs } from './jobs/job-runner.ts';
import { tellRunners } from './jobs/job-store.ts';
import type { ReplayParts } from './journal/replay.ts';
import { REPLAY_JOB, replayHandler } from './journal/replay-jobs.ts';
import type { MailSettings } from './mail/queue-mail.ts';
import { SEND_MAIL_JOB, sendMailHandler } from './mail/send-mail-jobs.ts';
import { DIGEST_JOB, digestHandler } from './notices/digest-jobs.ts';
import { NOTIFY_JOB, notifyHandler } from './notices/notice-jobs.ts';
import type { Database } from './platform/database/database.ts';
import { ERASURE_JOB, erasureHandler } from './privacy/erasure-jobs.ts';
import { RETENTION_JOB, retentionHandler } from './privacy/retention-jobs.ts';
import type { Tombstones } from './privacy/tombstones.ts';
import type { Keyring } from './secrets/keyring.ts';
import { REPLAY_DELIVERIES_JOB, replayDeliveriesHandler } from './webhooks/replay-jobs.ts';
import type { Figures } from './workspaces/limits/catalogue.ts';

interface Parts extends ReplayParts {
  changed(workspaceId: string): Promise<void>;
  tombstones: Tombstones;
  mail: MailSettings;
  keyring: Keyring;
  limits: Figures;
  clock(): Date;
  /** Whether jobs must wait, for example for lack of disk space. */
  isPaused(): boolean;
  onError(error: unknown): void;
}

/** The job runner of this process, and a way to wake it and those of other processes. */
export interface BackgroundJobs extends JobRunner {
  /** Call after a commit that made a job due. Other processes are notified soon after, once for many jobs. */
  due(): void;
}

const TELL_MS = 50;

/** Starts the background jobs with a connection pool of their own. */
export function openBackgroundJobs(database: Database, parts: Parts): BackgroundJobs {
  const { referenceCache, clock, isPaused, onError } = parts;
  const runner = startJobs({ database, handlers: handlersOf(parts), referenceCache, clock, isPaused, onError });
  let telling: NodeJS.Timeout | undefined;
  const tell = () => {
    telling = undefined;
    database.global(tellRunners).catch(onError);
  };
  return {
    ...runner,
    due() {
      runner.wake();
      telling ??= setTimeout(tell, TELL_MS).unref();
    },
    async stop() {
      clearTimeout(telling);
      await runner.stop();
    },
  };
}

function handlersOf(parts: Parts): JobHandlers {
  return {
    [BULK_JOB]: bulkHandler,
    [UNDO_JOB]: undoHandler,
    [REPLAY_JOB]: replayHandler(parts),
    ...demoJobHandlers,
    [SETTLE_NAME_JOB]: settleNameHandler(parts),
    [REMOVE_STATUS_JOB]: removeStatusHandler(parts),
    [REMOVE_TAG_JOB]: removeTagHandler(parts),
    [FORGET_REASONS_JOB]: forgetReasons,
    [RETENTION_JOB]: retentionHandler,
    [ERASURE_JOB]: erasureHandler(parts.tombstones),
    [SEND_MAIL_JOB]: sendMailHandler(parts),
    [NOTIFY_JOB]: notifyHandler(parts),
    [DIGEST_JOB]: digestHandler(parts.mail),
    [REPLAY_DELIVERIES_JOB]: replayDeliveriesHandler,
  };
}
