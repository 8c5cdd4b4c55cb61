import {
  type AnsweredCall,
  type Command,
  type CreateLead,
  type Endpoint,
  invalid,
  type LeadRef,
  type Pairs,
  type Problem,
  type ReadContext,
  type Result,
  type UpdateLead,
  type Wire,
  type WireReply,
} from '../dialect.ts';
import { FieldRules, type Fields, fromTypeId, pairFields, typeId } from '../field-rules.ts';
import { leadNameOf, madeUpName, textIn, titleOf } from './derive-names.ts';
import { draftOf } from './draft.ts';
import { readValues, type SentValues } from './read-values.ts';
import { viewLead } from './view.ts';
import { originOf } from './wire.ts';

const ONE = '/api/crm/lead/:id';
const ALL = '/api/crm/lead';

/** The five operations on the Lead object. */
export const endpoints: readonly Endpoint[] = [
  {
    name: 'overplane-lead-list',
    about: 'Lists leads, newest first.',
    methods: ['GET'],
    path: ALL,
    read: readList,
    answer,
  },
  { name: 'overplane-lead-create', about: 'Receives a lead.', methods: ['POST'], path: ALL, read: readCreate, answer },
  {
    name: 'overplane-lead-show',
    about: 'Shows a lead.',
    methods: ['GET'],
    path: ONE,
    read: forLead((lead) => ({ kind: 'showLead', lead })),
    answer,
  },
  {
    name: 'overplane-lead-update',
    about: 'Changes a lead.',
    methods: ['PATCH'],
    path: ONE,
    read: forLead(readUpdate),
    answer,
  },
  {
    name: 'overplane-lead-delete',
    about:
      'Deletes a lead and everything that belongs to it. A copy stays in the bin for 30 days at most; the stored requests about it are kept for their retention period.',
    methods: ['DELETE'],
    path: ONE,
    read: forLead((lead) => ({ kind: 'deleteLead', lead })),
    answer,
  },
];

function readList(wire: Wire): Command | Problem {
  const page = readPage(wire.query);
  return 'kind' in page ? page : { kind: 'listLeads', filter: {}, ...page };
}

function readCreate(wire: Wire, { referenceData }: ReadContext): CreateLead | Problem {
  const values = readValues(wire.body);
  if ('kind' in values) return values;
  const sent = withDerived(values);
  const { draft, warnings } = draftOf(sent, referenceData, true);
  const madeUp = madeUpName(values);
  if (madeUp !== undefined) draft.dialect_fields = { ...draft.dialect_fields, _derived_name: madeUp };
  const source = textIn(sent.get('utm_source'));
  return {
    kind: 'createLead',
    draft: source ? { ...draft, source: { make: source } } : draft,
    origin: originOf(sent.keys()),
    ...(warnings.length > 0 && { warnings }),
  };
}

function withDerived(sent: SentValues): SentValues {
  const full = new Map(sent);
  const [name, title] = [leadNameOf(sent), titleOf(sent)];
  if (name !== undefined) full.set('lead_name', name);
  if (title !== undefined) full.set('title', title);
  else if (full.get('title') === null) full.delete('title');
  return full;
}

type ReadOfLead = (lead: LeadRef, wire: Wire, context: ReadContext) => Command | Problem;

/** A malformed id is treated like that of an unknown lead. */
function forLead(read: ReadOfLead): Endpoint['read'] {
  return (wire, context) => {
    const id = fromTypeId('lead', wire.params['id'] ?? '');
    return id ? read({ by: 'id', id }, wire, context) : { kind: 'not_found', what: 'lead' };
  };
}

function readUpdate(lead: LeadRef, wire: Wire, { referenceData }: ReadContext): UpdateLead | Problem {
  const sent = readValues(wire.body);
  if ('kind' in sent) return sent;
  const { draft, warnings } = draftOf(sent, referenceData, false);
  const origin = originOf(sent.keys());
  return { kind: 'updateLead', lead, draft, origin, ...(warnings.length > 0 && { warnings }) };
}

function answer(result: Result, call: AnsweredCall): WireReply {
  return { status: 200, body: bodyOf(result, call) };
}

function bodyOf(result: Result, call: AnsweredCall): unknown {
  switch (result.kind) {
    case 'lead':
      return viewLead(result.lead, call);
    case 'leads': {
      const data = result.leads.map((lead) => viewLead(lead, call));
      return { data, has_more: result.offset + data.length < result.total, total: result.total };
    }
    case 'deleted':
      return { id: typeId('lead', result.lead.id), deleted: true };
    default:
      throw new Error(`A lead endpoint cannot word ${result.kind}.`);
  }
}

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1000;

/** Reads `limit` and `offset`. A limit above 1000 is reduced to 1000; `has_more` tells the client if leads are left. */
function readPage(query: Pairs): { limit: number; offset: number } | Problem {
  const fields = pairFields(query);
  const fieldRules = new FieldRules();
  const limit = readCount(fieldRules, fields, 'limit', 1) ?? DEFAULT_LIMIT;
  const offset = readCount(fieldRules, fields, 'offset', 0) ?? 0;
  if (fieldRules.issues.length > 0) return invalid(...fieldRules.issues);
  return { limit: Math.min(limit, MAX_LIMIT), offset: Math.min(offset, Number.MAX_SAFE_INTEGER) };
}

function readCount(fieldRules: FieldRules, fields: Fields, at: string, min: number): number | undefined {
  const text = String(fields.get(at) ?? '').trim();
  if (text === '') return undefined;
  if (!/^-?\d+$/.test(text)) return fieldRules.fail(at, 'not_integer');
  return Number(text) < min ? fieldRules.fail(at, 'too_small', { min }) : Number(text);
}
