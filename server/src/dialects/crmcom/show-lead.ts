import { Demands } from '../demand.ts';
import type { Command, Problem, Wire } from '../dialect.ts';
import { invalid } from '../dialect.ts';
import { readFieldsSet } from './fields-set.ts';
import { readLeadRef } from './lead-reference.ts';
import { isShownName } from './lead-view.ts';
import { readParameters } from './parameters.ts';

/** `leads/show`: one lead, by id or number. */
export function readShow(wire: Wire): Command | Problem {
  return readParameters(wire, (fields) => {
    const demands = new Demands();
    const lead = readLeadRef(fields, demands);
    readFieldsSet(fields, demands, isShownName);
    return lead && demands.issues.length === 0 ? { kind: 'showLead', lead } : invalid(...demands.issues);
  });
}
