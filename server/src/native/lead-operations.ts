import { etagOf, versionIn } from '../http/etag.ts';
import { idOf } from '../http/path-ids.ts';
import type { Result } from '../intake/result.ts';
import { type LeadBody, leadCreate, leadPatch } from '../leads/lead-shapes.ts';
import { viewLead } from '../leads/lead-view.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import type { WireReply } from '../platform/wire.ts';
import { readCreate, readPatch } from './lead-body.ts';
import type { Done, Operation } from './operation.ts';

const unknownLead: Problem = { kind: 'not_found', what: 'lead' };

/** POST /v1/leads. */
export const createLead: Operation<LeadBody> = {
  method: 'POST',
  path: '/leads',
  body: leadCreate,
  read: ({ body, headers }, reader) => readCreate(body, reader, headers['leadwell-test'] === 'true'),
  answer: answerLead,
};

/** PATCH /v1/leads/{id}. A lead that becomes lost says why; one that was lost already need not say it again. */
export const changeLead: Operation<Omit<LeadBody, 'note' | 'call'>> = {
  method: 'PATCH',
  path: '/leads/:id',
  body: leadPatch,
  read: ({ id: text, body, headers }, reader) => {
    const id = idOf('lead', text);
    if (id === undefined) return unknownLead;
    const version = versionIn(headers['if-match']);
    if (version !== undefined && Number.isNaN(version))
      return { kind: 'malformed', detail: 'If-Match must be "<version>".' };
    const read = readPatch(id, body, reader);
    return isProblem(read) || version === undefined ? read : { ...read, version };
  },
  answer: answerLead,
};

/** DELETE /v1/leads/{id}. */
export const deleteLead: Operation = {
  method: 'DELETE',
  path: '/leads/:id',
  policy: 'delete leads',
  read: ({ id: text }) => {
    const id = idOf('lead', text);
    return id === undefined ? unknownLead : { kind: 'deleteLead', lead: { by: 'id', id } };
  },
  answer: () => ({ status: 204, body: undefined }),
};

/** POST /v1/leads/{id}/reopen. */
export const reopenLead: Operation = {
  method: 'POST',
  path: '/leads/:id/reopen',
  read: ({ id: text }) => {
    const id = idOf('lead', text);
    return id === undefined ? unknownLead : { kind: 'reopenLead', lead: { by: 'id', id } };
  },
  answer: answerLead,
};

const outcomes: Partial<Record<Extract<Result, { kind: 'lead' }>['did'], string>> = {
  merged: 'merged',
  attached: 'duplicate',
  repeated: 'duplicate',
  rehearsed: 'test',
};

function answerLead(result: Result, { referenceData }: Done): WireReply {
  if (result.kind !== 'lead') throw new Error(`A lead was due, not ${result.kind}.`);
  const body = viewLead(result.lead, referenceData);
  const etag = etagOf(body.version);
  if (result.did === 'created') return { status: 201, headers: { location: `/v1/leads/${body.id}`, etag }, body };
  const outcome = outcomes[result.did];
  return { status: 200, headers: { etag, ...(outcome && { 'leadwell-outcome': outcome }) }, body };
}
