import type { JobHandlers } from '../jobs/job-runner.ts';
import type { Job } from '../jobs/job-store.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { BULK_JOB, type BulkParts, bulkHandler } from './bulk-jobs.ts';
import { UNDO_JOB, undoHandler } from './undo-jobs.ts';

/** Handlers for the background jobs that change many leads. */
export function bulkHandlers(parts: Omit<BulkParts, 'callerOf'>): JobHandlers {
  const all = { ...parts, callerOf };
  return { [BULK_JOB]: bulkHandler(all), [UNDO_JOB]: undoHandler(all) };
}

/** The job runs with the identity of the member or token that requested it and cannot create reference data. */
function callerOf({ member_id, actor }: Job, { workspace }: ReferenceData): Caller {
  return {
    workspace_id: workspace.id,
    dialect: 'native',
    token_id: actor.startsWith('token:') ? actor.slice('token:'.length) : null,
    token_name: null,
    member_id,
    session_id: null,
    policy: 'create',
    merge_style: 'fill',
    region: workspace.region,
    test_mode: false,
    may_extend: false,
    repeats_by_content: false,
    scopes: [],
  };
}
