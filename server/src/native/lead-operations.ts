import { etagOf, versionIn } from '../http/etag.ts';
import type { CallContext } from '../intake/endpoint.ts';
import type { Result } from '../intake/result.ts';
import { type LeadBody, leadCreate, leadPatch } from '../leads/lead-shapes.ts';
import { viewLead } from '../leads/lead-view.ts';
import { isProblem } from '../platform/problem.ts';
import type { Wire, WireReply } from '../platform/wire.ts';
import { readCreate, readPatch } from './lead-body.ts';
import { bodyOf, exactBodyOf, onLead, operation } from './operation.ts';

/** POST /v1/leads. */
export const createLead = operation({
  name: 'create-lead',
  command: 'createLead',
  methods: ['POST'],
  path: '/v1/leads',
  body: leadCreate,
  read: (wire, context) =>
    readCreate(bodyOf<LeadBody>(wire), context, wire.headers['leadwell-test'] === 'true', exactCustom(wire)),
  answer: answerLead,
});

/** PATCH /v1/leads/{id}. Marking a lead as lost requires a reason, unless it was lost already. */
export const changeLead = operation({
  name: 'change-lead',
  command: 'updateLead',
  methods: ['PATCH'],
  path: '/v1/leads/:id',
  body: leadPatch,
  read: (wire, context) =>
    onLead(wire, ({ id }) => {
      const version = versionIn(wire.headers['if-match']);
      if (version !== undefined && Number.isNaN(version))
        return { kind: 'malformed', detail: 'If-Match must be "<version>".' };
      const read = readPatch(id, bodyOf<Omit<LeadBody, 'note' | 'call'>>(wire), context, exactCustom(wire));
      return isProblem(read) || version === undefined ? read : { ...read, version };
    }),
  answer: answerLead,
});

/** The custom fields of a body, with their numbers digit for digit as sent. */
function exactCustom(wire: Wire): LeadBody['custom'] {
  return exactBodyOf<LeadBody>(wire).custom;
}

/** DELETE /v1/leads/{id}. */
export const deleteLead = operation({
  name: 'delete-lead',
  command: 'deleteLead',
  methods: ['DELETE'],
  path: '/v1/leads/:id',
  read: (wire) => onLead(wire, (lead) => ({ kind: 'deleteLead', lead })),
  answer: () => ({ status: 204, body: undefined }),
});

/** POST /v1/leads/{id}/reopen. */
export const reopenLead = operation({
  name: 'reopen-lead',
  command: 'reopenLead',
  methods: ['POST'],
  path: '/v1/leads/:id/reopen',
  read: (wire) => onLead(wire, (lead) => ({ kind: 'reopenLead', lead })),
  answer: answerLead,
});

const outcomes: Partial<Record<Extract<Result, { kind: 'lead' }>['did'], string>> = {
  merged: 'merged',
  attached: 'duplicate',
  repeated: 'duplicate',
  rehearsed: 'test',
};

function answerLead(result: Result, { referenceData }: CallContext): WireReply {
  if (result.kind !== 'lead') throw new Error(`A lead was due, not ${result.kind}.`);
  const body = viewLead(result.lead, referenceData);
  const etag = etagOf(body.version);
  if (result.did === 'created') return { status: 201, headers: { location: `/v1/leads/${body.id}`, etag }, body };
  const outcome = outcomes[result.did];
  return { status: 200, headers: { etag, ...(outcome && { 'leadwell-outcome': outcome }) }, body };
}
