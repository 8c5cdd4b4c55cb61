import type { Command, Problem, Wire } from '../../dialect.ts';
import { invalid } from '../../dialect.ts';
import { FieldRules } from '../../field-rules.ts';
import { readFieldsSet } from '../fields-set.ts';
import { readLeadRef } from '../lead-reference.ts';
import { isShownName } from '../lead-view.ts';
import { readParameters } from '../parameters.ts';

/** `leads/show`: one lead by id or number. */
export function readShow(wire: Wire): Command | Problem {
  return readParameters(wire, (fields) => {
    const fieldRules = new FieldRules();
    const lead = readLeadRef(fields, fieldRules);
    readFieldsSet(fields, fieldRules, isShownName);
    return lead && fieldRules.issues.length === 0 ? { kind: 'showLead', lead } : invalid(...fieldRules.issues);
  });
}
