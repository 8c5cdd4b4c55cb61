import type { LeadDraft } from '../../intake/command.ts';
import { type Facts, normalise } from '../../intake/prepare.ts';
import { listTouches } from '../../leads/touch-store.ts';
import type { Database } from '../../platform/database/database.ts';
import { isProblem } from '../../platform/problem.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import type { ReadAgain } from '../read-again.ts';
import { getSubmission } from '../submission-store.ts';

/** The workspace whose leads are checked, and what is needed to read its requests again. */
export interface RecheckContext {
  database: Database;
  workspaceId: string;
  referenceData: ReferenceData;
  readAgain: ReadAgain;
}

/** What a request says about a lead, and how we read it today. */
export interface Sent {
  draft: LeadDraft;
  facts: Facts;
}

/** Maximum number of a lead's requests that are read again. */
const MOST_TOUCHES = 100;
/** On the command line, every lead is visible. */
const operator = { rights: { role: 'owner' }, visibility: undefined } as const;

/** Reads a draft by today's rules; `region` is that of its sender. */
export function readToday(draft: LeadDraft, region: string): Sent {
  return { draft, facts: normalise(draft, region) };
}

/** The lead's requests as we read them today, newest first; requests that are no longer kept are left out. */
export async function readSent(leadId: string, context: RecheckContext): Promise<Sent[]> {
  const { database, workspaceId, readAgain } = context;
  const touches = await database.tx(workspaceId, (tx) => listTouches(tx, leadId, MOST_TOUCHES));
  const read: Sent[] = [];
  for (const { submission_id } of touches) {
    const submission = await database.tx(workspaceId, (tx) => getSubmission(tx, submission_id));
    if (!submission) continue;
    const { request, caller } = await readAgain(workspaceId, submission, submission.body, operator);
    if (!isProblem(request) && request.kind === 'createLead') read.push(readToday(request.draft, caller.region));
  }
  return read;
}
