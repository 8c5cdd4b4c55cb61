import {
  CREATED,
  contents,
  endpoint,
  idOf,
  john,
  wire,
  withReferenceData,
  workspace,
} from '../../src/dialects/crmcom/sample.ts';
import { applyTo } from '../../src/intake/apply.ts';
import type { LeadDraft } from '../../src/intake/command.ts';
import { normalise } from '../../src/intake/prepare.ts';
import { type Lead, type LeadReferences, newLead } from '../../src/leads/lead.ts';
import type { Pairs } from '../../src/platform/wire.ts';
import { makeReferenceData } from '../../src/workspaces/reference-data.ts';

const referenceData = makeReferenceData(workspace, contents);
const blank = newLead(idOf(900), 19, idOf(11), CREATED);

/** Lead 19 before anything is written to it. */
export function fresh(): Lead {
  return structuredClone(blank);
}

/** Writes the lead of a request to a lead, as intake does. */
export function put(lead: Lead, name: string, body: unknown, now = CREATED): Lead {
  const command = withReferenceData(referenceData, now).accepted(name, wire(body));
  if (command.kind !== 'createLead' && command.kind !== 'updateLead') throw new Error(command.kind);
  const { kind, draft, origin } = command;
  const { dialect_fields } = draft;
  const facts = normalise(draft, 'CY');
  const brought = { facts, references: referencesOf(draft), custom: [], dialect: 'crmcom', origin, dialect_fields };
  applyTo(lead, brought, kind === 'createLead' ? 'overwrite' : 'set', referenceData);
  return lead;
}

/** Resolves a draft's references, looking names up as intake does. */
function referencesOf({ references, status, source }: LeadDraft): LeadReferences {
  const sourceId =
    source && 'make' in source ? referenceData.find('source', { by: 'name', value: source.make })?.id : undefined;
  const statusId = status && 'id' in status ? status.id : undefined;
  return { ...references, ...(statusId && { status_id: statusId }), ...(sourceId && { source_id: sourceId }) };
}

/** A lead as a request creates it that has these fields besides the mandatory ones. */
export function created(over: object = {}): Lead {
  return put(fresh(), 'leads-create', { ...john, ...over });
}

export function update(lead: Lead, over: object, now?: Date): Lead {
  return put(lead, 'leads-update', { lead_identifier: { number: '19' }, ...over }, now);
}

/** The lead as CRM.COM's clients get it. */
export function show(lead: Lead, query: Pairs = []): Record<string, unknown> {
  const sent = wire(undefined, { query: [['lead_identifier', 'number=19'], ...query] });
  const command = { kind: 'showLead', lead: { by: 'number', number: 19 } } as const;
  const call = { ...withReferenceData(referenceData).context, wire: sent, command };
  const { body } = endpoint('leads-show').answer({ kind: 'lead', did: 'shown', lead: structuredClone(lead) }, call);
  return (body as { data: Record<string, unknown> }).data;
}
