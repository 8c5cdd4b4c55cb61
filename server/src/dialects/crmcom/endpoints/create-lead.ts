import type { AnsweredCall, Command, Problem, ReadContext, Result, Wire, WireReply } from '../../dialect.ts';
import { invalid } from '../../dialect.ts';
import { FieldRules } from '../../field-rules.ts';
import { ok } from '../envelope.ts';
import { pickFields, readFieldsSet } from '../fields-set.ts';
import { readDraft } from '../lead-draft.ts';
import { newLeadRequest } from '../lead-request.ts';
import { isShownName, showLead, shownName } from '../lead-view.ts';
import { acceptedParameters, readParameters } from '../parameters.ts';
import { refuse } from '../refuse.ts';

/** `leads/create`: creates a lead for a new contact, or for an existing one named by an identifier. */
export function readCreate(wire: Wire, context: ReadContext): Command | Problem {
  return readParameters(wire, (fields) => {
    const request = newLeadRequest(fields, context, false);
    const { draft, contact } = readDraft(request);
    if (request.fieldRules.issues.length > 0) return invalid(...request.fieldRules.issues);
    return {
      kind: 'createLead',
      draft,
      origin: request.origin,
      fieldRules: ['accounts_receivable_of_customer'],
      ...(contact && { contact }),
      ...(request.warnings.length > 0 && { warnings: request.warnings }),
    };
  });
}

/** Replies with the lead, reduced to `fields_set` if requested. */
export function answerLead(result: Result, { wire, referenceData }: AnsweredCall): WireReply {
  if (result.kind !== 'lead') return refuse({ kind: 'internal' });
  const wanted = readFieldsSet(acceptedParameters(wire), new FieldRules(), isShownName);
  return ok(pickFields(showLead(result.lead, referenceData), wanted, shownName));
}
