import type { Command, CreateLead, LeadDraft, Problem, ReadContext, Wire } from '../../dialect.ts';
import { invalid } from '../../dialect.ts';
import { readDraft } from '../lead-draft.ts';
import { readLeadRef } from '../lead-reference.ts';
import { type LeadRequest, newLeadRequest } from '../lead-request.ts';
import { readParameters } from '../parameters.ts';

/** `leads/update`: absent fields stay unchanged and null clears; a Won or Lost lead cannot be updated. */
export function readUpdate(wire: Wire, context: ReadContext): Command | Problem {
  return readParameters(wire, (fields) => {
    const request = newLeadRequest(fields, context, true);
    const lead = readLeadRef(fields, request.fieldRules);
    const { draft, contact } = readDraft(request);
    if (!lead || request.fieldRules.issues.length > 0) return invalid(...request.fieldRules.issues);
    return {
      kind: 'updateLead',
      lead,
      draft: contact ? withContact(request, draft, contact) : draft,
      origin: request.origin,
      fieldRules: ['unclosed_lead'],
      ...(request.warnings.length > 0 && { warnings: request.warnings }),
    };
  });
}

/** Assigns the lead to the contact with the given id. An update cannot look up a document number; a warning says so. */
function withContact(
  request: LeadRequest,
  draft: LeadDraft,
  { ref, at }: NonNullable<CreateLead['contact']>,
): LeadDraft {
  if (ref.by === 'id') return { ...draft, contact_id: ref.id };
  request.warnings.push({ code: 'value_not_understood', at: `${at}.${ref.by}`, value: ref.value });
  return draft;
}
