import type { Command, CreateLead, LeadDraft, Problem, ReadContext, Wire } from '../../dialect.ts';
import { invalid } from '../../dialect.ts';
import { readDraft } from '../lead-draft.ts';
import { readLeadRef } from '../lead-reference.ts';
import { readParameters } from '../parameters.ts';
import { type Reading, startReading } from '../reading.ts';

/** `leads/update`: what is absent stays, null clears; a lead that is Won or Lost is not updated. */
export function readUpdate(wire: Wire, context: ReadContext): Command | Problem {
  return readParameters(wire, (fields) => {
    const reading = startReading(fields, context, true);
    const lead = readLeadRef(fields, reading.fieldRules);
    const { draft, contact } = readDraft(reading);
    if (!lead || reading.fieldRules.issues.length > 0) return invalid(...reading.fieldRules.issues);
    return {
      kind: 'updateLead',
      lead,
      draft: contact ? withContact(reading, draft, contact) : draft,
      origin: reading.origin,
      fieldRules: ['unclosed_lead'],
      ...(reading.remarks.length > 0 && { remarks: reading.remarks }),
    };
  });
}

/** A contact named by its id becomes the lead's. By a document number an update cannot find one; that is said. */
function withContact(reading: Reading, draft: LeadDraft, { ref, at }: NonNullable<CreateLead['contact']>): LeadDraft {
  if (ref.by === 'id') return { ...draft, contact_id: ref.id };
  reading.remarks.push({ code: 'value_not_understood', at: `${at}.${ref.by}`, value: ref.value });
  return draft;
}
