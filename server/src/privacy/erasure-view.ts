import Type, { type Static } from 'typebox';
import { bodyShape, instant, instantOrNull, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import { outcomes } from '../intake/result.ts';
import { typeId } from '../platform/ids.ts';
import { nameOfActor } from '../workspaces/audit/audit-words.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Erasure } from './erasure-store.ts';
import type { PersonRecords } from './person-records.ts';
import type { Candidate } from './person-store.ts';

const who = {
  phone: Type.Optional(Type.String({ maxLength: 60, description: 'A phone number of the person, in any format.' })),
  email: Type.Optional(Type.String({ maxLength: 254, description: 'An email address of the person.' })),
  lead_id: Type.Optional(Type.String({ maxLength: 60, description: 'A lead of the person.' })),
};
export const personQuery = bodyShape('PersonQuery', 'At least one of phone, email and lead_id is required.', who);
export const erasureRequest = bodyShape('ErasureRequest', 'At least one of phone, email and lead_id is required.', {
  ...who,
  notes: Type.Optional(
    oneOf(
      ['erase', 'keep'],
      'keep: an anonymous lead is kept with its notes, from which phone numbers, email addresses and names are removed. Defaults to erase.',
    ),
  ),
});

const counts = Type.Record(Type.String(), Type.Integer(), {
  description:
    "Number of records by kind: leads, notes, requests ... `mentions`: records about other people that mention a phone number or email address of the person. `requests_left`: requests with a shared phone number and somebody else's email address, which are kept.",
});
const leadLine = Type.Object({
  id: Type.String(),
  number: Type.Integer(),
  name: textOrNull('Name of the lead.'),
  created_at: instant('When it was created.'),
});
export const personRecordsView = viewShape('PersonRecords', 'The records held about a person.', {
  phones: Type.Array(Type.String(), { description: 'Phone numbers of the person, including former ones.' }),
  emails: Type.Array(Type.String(), { description: 'Email addresses of the person, including former ones.' }),
  leads: Type.Array(leadLine, { description: 'Leads that are this person.' }),
  others: Type.Array(leadLine, {
    description: 'Leads with the same phone number that are, or may be, somebody else. They are not erased.',
  }),
  counts,
  requests: Type.Array(
    Type.Object({
      id: Type.String(),
      received_at: instant('When it was received.'),
      method: Type.String(),
      path: Type.String(),
      outcome: oneOf(outcomes, 'Its outcome.'),
    }),
    { description: 'The newest requests of the person whose contents are stored, up to 100.' },
  ),
  complete: Type.Boolean({ description: 'false if time ran out before everything had been searched.' }),
});

export const erasureView = viewShape('ErasureView', 'The certificate of an erasure. It holds no personal data.', {
  id: Type.String(),
  state: oneOf(['running', 'done'], 'done: the person has been erased.'),
  requested_at: instant('When it was requested.'),
  finished_at: instantOrNull('When it was completed.'),
  repeated_at: instantOrNull('When it was repeated because an older backup had been restored.'),
  actor: Type.String({ description: 'Who requested it: member:<id>, token:<id> or cli (the command line).' }),
  actor_name: Type.String({
    description:
      "Display name of whoever requested it: a member's name, or a description such as A token or The command line.",
  }),
  keeps_notes: Type.Boolean({ description: 'Whether the notes were kept.' }),
  identifiers_hash: Type.String({
    description:
      'Keyed SHA-256 of the phone numbers and email addresses. It proves which erasure this was without revealing the person.',
  }),
  counts,
});

export function viewErasure(erasure: Erasure, referenceData: ReferenceData): Static<typeof erasureView.schema> {
  const { id, state, requested_at, finished_at, repeated_at, actor, keeps_notes, identifiers_hash } = erasure;
  return {
    id: typeId('erasure', id),
    state,
    requested_at: requested_at.toISOString(),
    finished_at: finished_at?.toISOString() ?? null,
    repeated_at: repeated_at?.toISOString() ?? null,
    actor,
    actor_name: nameOfActor(actor, referenceData),
    keeps_notes,
    identifiers_hash: identifiers_hash.toString('hex'),
    counts: erasure.counts,
  };
}

export function viewPersonRecords(records: PersonRecords): Static<typeof personRecordsView.schema> {
  const { person, leads, others, counts: found, requests, complete } = records;
  return {
    phones: person.phones,
    emails: person.emails,
    leads: leads.map(viewLine),
    others: others.map(viewLine),
    counts: found,
    requests: requests.map(({ received_at, outcome, ...request }) => ({
      ...request,
      outcome: outcome as (typeof outcomes)[number],
      received_at: received_at.toISOString(),
    })),
    complete,
  };
}

function viewLine({ id, number, lead_name, created_at }: Candidate): Static<typeof leadLine> {
  return { id: typeId('lead', id), number, name: lead_name, created_at: created_at.toISOString() };
}
