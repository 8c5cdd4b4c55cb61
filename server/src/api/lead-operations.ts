import type { Result } from '../intake/result.ts';
import { getLead } from '../leads/lead-store.ts';
import { viewLead } from '../leads/lead-view.ts';
import { invalid, type Problem } from '../platform/problem.ts';
import type { WireReply } from '../platform/wire.ts';
import { idOf } from './ids.ts';
import { readCreate, readPatch } from './lead-body.ts';
import { type LeadBody, leadCreate, leadPatch } from './lead-shapes.ts';
import type { Asked, Done, Operation, Reader } from './operation.ts';
import { findNamed } from './references.ts';

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
  read: ({ id: text, body }, reader) => {
    const id = idOf('lead', text);
    return id === undefined ? unknownLead : readPatch(id, body, reader);
  },
  askFirst: lacksReason,
  answer: answerLead,
};

/** DELETE /v1/leads/{id}. */
export const deleteLead: Operation = {
  method: 'DELETE',
  path: '/leads/:id',
  read: ({ id: text }) => {
    const id = idOf('lead', text);
    return id === undefined ? unknownLead : { kind: 'deleteLead', lead: { by: 'id', id } };
  },
  answer: () => ({ status: 204, body: undefined }),
};

function lacksReason({ id: text, body }: Asked<LeadBody>, { book }: Reader) {
  const id = idOf('lead', text);
  const status = body.status ? findNamed(book, 'status', body.status) : undefined;
  if (id === undefined || status?.state !== 'lost' || body.lost_reason?.trim()) return undefined;
  return async (tx: Parameters<typeof getLead>[0]) => {
    const lead = await getLead(tx, id);
    if (!lead || book.get('status', lead.status_id)?.state === 'lost') return undefined;
    return invalid({ at: 'lost_reason', code: 'required' });
  };
}

const outcomes: Partial<Record<Extract<Result, { kind: 'lead' }>['did'], string>> = {
  merged: 'merged',
  attached: 'duplicate',
  repeated: 'duplicate',
  rehearsed: 'test',
};

function answerLead(result: Result, { book }: Done): WireReply {
  if (result.kind !== 'lead') throw new Error(`A lead was due, not ${result.kind}.`);
  const body = viewLead(result.lead, book);
  if (result.did === 'created') return { status: 201, headers: { location: `/v1/leads/${body.id}` }, body };
  const outcome = outcomes[result.did];
  return outcome ? { status: 200, headers: { 'leadwell-outcome': outcome }, body } : { status: 200, body };
}
