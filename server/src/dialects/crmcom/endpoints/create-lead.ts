import type { AnsweredCall, Command, Problem, ReadContext, Result, Wire, WireReply } from '../../dialect.ts';
import { invalid } from '../../dialect.ts';
import { FieldRules } from '../../field-rules.ts';
import { ok } from '../envelope.ts';
import { pickFields, readFieldsSet } from '../fields-set.ts';
import { readDraft } from '../lead-draft.ts';
import { isShownName, showLead, shownName } from '../lead-view.ts';
import { readAgain, readParameters } from '../parameters.ts';
import { startReading } from '../reading.ts';
import { refuse } from '../refuse.ts';

/** `leads/create`: a new lead for a new contact or for one named by an identifier. */
export function readCreate(wire: Wire, context: ReadContext): Command | Problem {
  return readParameters(wire, (fields) => {
    const reading = startReading(fields, context, false);
    const { draft, contact } = readDraft(reading);
    if (reading.fieldRules.issues.length > 0) return invalid(...reading.fieldRules.issues);
    return {
      kind: 'createLead',
      draft,
      origin: reading.origin,
      fieldRules: ['accounts_receivable_of_customer'],
      ...(contact && { contact }),
      ...(reading.remarks.length > 0 && { remarks: reading.remarks }),
    };
  });
}

/** Replies with the lead, reduced to `fields_set` if requested. */
export function answerLead(result: Result, { wire, referenceData }: AnsweredCall): WireReply {
  if (result.kind !== 'lead') return refuse({ kind: 'internal' });
  const wanted = readFieldsSet(readAgain(wire), new FieldRules(), isShownName);
  return ok(pickFields(showLead(result.lead, referenceData), wanted, shownName));
}
