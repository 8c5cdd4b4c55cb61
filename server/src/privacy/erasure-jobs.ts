import type { JobHandler } from '../jobs/job-handler.ts';
import type { Job } from '../jobs/job-store.ts';
import { type Progress, stepErasure } from './erasure.ts';
import { getErasure } from './erasure-store.ts';
import type { Tombstones } from './tombstones.ts';

export const ERASURE_JOB = 'erase-person';

/**
 * Erases a person step by step. Continues even if its starter has lost the permission, because the person has a right
 * to it. Adds each finished erasure to `tombstones`.
 */
export function erasureHandler(tombstones: Tombstones): JobHandler {
  return {
    policy: null,
    async step(tx, job, { now }) {
      const erasure = await getErasure(tx, String(job.params['erasure_id']));
      if (!erasure) return { done: 0, finished: true };
      const { progress, counts } = await stepErasure(tx, erasure, progressOf(job), now);
      if (!progress) {
        const finished = await getErasure(tx, erasure.id);
        await tombstones.add(tx.workspaceId ?? '', finished ?? erasure);
      }
      return {
        done: 0,
        ...(progress && { progress: { ...progress } }),
        result: { ...counts },
        finished: progress === undefined,
      };
    },
  };
}

function progressOf({ progress: { phase, after } }: Job): Progress {
  return { phase: Number(phase ?? 0), after: Array.isArray(after) ? after.map(String) : undefined };
}
