import type { Tx } from '../platform/database/transaction.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import { refusalOf } from '../workspaces/access/guard.ts';
import { rightsOf } from '../workspaces/access/identify.ts';
import type { PolicyName } from '../workspaces/access/policies.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { getToken } from '../workspaces/tokens/token-store.ts';
import type { Job } from './job-store.ts';

/** Why a job must stop, as a sentence. */
interface Stopped {
  stopped: string;
}

/**
 * The caller for whom the next step of a job runs: the member or token that started it, with the rights it has
 * now. It may have been deactivated, revoked or demoted since. `policy` is what the job needs; null for the
 * server's own upkeep.
 */
export async function callerOfJob(
  tx: Tx,
  job: Pick<Job, 'member_id' | 'actor'>,
  policy: PolicyName | null,
  { referenceData, now }: { referenceData: ReferenceData; now: Date },
): Promise<Caller | Stopped> {
  const own = callerIn(referenceData, job, { rights: { own: true }, visibility: undefined });
  if (policy === null) return own;
  const found = await rightsNow(tx, job, referenceData, now);
  if ('stopped' in found) return found;
  const caller = { ...own, ...found };
  return refusalOf(caller, policy)
    ? { stopped: `Whoever started this job may no longer do this. ${what(job)} has been changed since.` }
    : caller;
}

/** The server itself, and the command line, which only the operator of the server uses. */
const ownActors: readonly string[] = ['system', 'cli'];

async function rightsNow(
  tx: Tx,
  job: Pick<Job, 'member_id' | 'actor'>,
  referenceData: ReferenceData,
  now: Date,
): Promise<Pick<Caller, 'rights' | 'visibility'> | Stopped> {
  if (job.member_id) {
    const isActive = referenceData.get('member', job.member_id)?.active;
    return isActive
      ? rightsOf(job.member_id, referenceData)
      : { stopped: 'Whoever started this job is no longer an active member.' };
  }
  const id = tokenOf(job);
  if (!id)
    return ownActors.includes(job.actor)
      ? { rights: { own: true }, visibility: undefined }
      : { stopped: 'It is not known who started this job.' };
  const token = await getToken(tx, id);
  if (!token || token.revoked_at) return { stopped: 'The token that started this job was revoked.' };
  if (token.expires_at && token.expires_at <= now) return { stopped: 'The token that started this job has expired.' };
  if (token.test_mode) return { stopped: 'The token that started this job is in test mode.' };
  return { rights: { scopes: token.scopes }, visibility: undefined };
}

function what({ member_id }: Pick<Job, 'member_id'>): string {
  return member_id ? 'Their role' : 'Its scope';
}

function tokenOf({ actor }: Pick<Job, 'actor'>): string | null {
  return actor.startsWith('token:') ? actor.slice('token:'.length) : null;
}

/** The caller of a job changes leads as the native API does, but cannot create reference data. */
function callerIn(
  { workspace }: ReferenceData,
  job: Pick<Job, 'member_id' | 'actor'>,
  rights: Pick<Caller, 'rights' | 'visibility'>,
): Caller {
  return {
    workspace_id: workspace.id,
    dialect: 'native',
    token_id: tokenOf(job),
    token_name: null,
    member_id: job.member_id,
    session_id: null,
    policy: 'create',
    merge_style: 'fill',
    region: workspace.region,
    test_mode: false,
    may_extend: false,
    tag_ids: [],
    repeats_by_content: false,
    ...rights,
  };
}
