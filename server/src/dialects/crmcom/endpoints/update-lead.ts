import type { Command, CreateLead, LeadDraft, Problem, ReadContext, Wire } from '../../dialect.ts';
import { invalid } from '../../dialect.ts';
import { readDraft } from '../lead-draft.ts';
import { readLeadRef } from '../lead-reference.ts';
import { readParameters } from '../parameters.ts';
import { type Reading, startReading } from '../reading.ts';

/** `leads/update`: absent fields stay unchanged and null clears; a Won or Lost lead cannot be updated. */
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

/** A contact id makes that contact the lead's. An update cannot look up a document number, and says so in a warning. */
function withContact(reading: Reading, draft: LeadDraft, { ref, at }: NonNullable<CreateLead['contact']>): LeadDraft {
  if (ref.by === 'id') return { ...draft, contact_id: ref.id };
  reading.remarks.push({ code: 'value_not_understood', at: `${at}.${ref.by}`, value: ref.value });
  return draft;
}
