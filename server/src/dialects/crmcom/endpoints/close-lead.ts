import type { Command, LifecycleState, Problem, ReadContext, Wire } from '../../dialect.ts';
import { invalid } from '../../dialect.ts';
import { readFieldsSet } from '../fields-set.ts';
import { readReference } from '../lead-fields.ts';
import { readLeadRef } from '../lead-reference.ts';
import { type LeadRequest, newLeadRequest } from '../lead-request.ts';
import { isShownName } from '../lead-view.ts';
import { readParameters } from '../parameters.ts';

/** Reads `leads/lost` or `leads/cancel`: an update of only the status and, for a lost lead, the reason. */
export function readClosing(state: LifecycleState): (wire: Wire, context: ReadContext) => Command | Problem {
  return (wire, context) =>
    readParameters(wire, (fields) => {
      const request = newLeadRequest(fields, context, true);
      const lead = readLeadRef(fields, request.fieldRules);
      const status = closingStatus(request, state);
      if (state === 'lost') readReason(request);
      readFieldsSet(fields, request.fieldRules, isShownName);
      if (!lead || !status || request.fieldRules.issues.length > 0) return invalid(...request.fieldRules.issues);
      return {
        kind: 'updateLead',
        lead,
        draft: { values: {}, references: request.references, status },
        origin: request.origin,
        fieldRules: ['unclosed_lead'],
      };
    });
}

/** The named status, else the workspace's first status of that state. */
function closingStatus(request: LeadRequest, state: LifecycleState): { id: string } | undefined {
  const { referenceData } = request.context;
  const { at, value, item } = readReference(request, 'status_id');
  const isSent = value !== undefined && value !== null;
  const status = isSent
    ? referenceData.get('status', item?.id)
    : referenceData.all('status').find((one) => one.state === state);
  if (status?.state === state) return { id: status.id };
  return isSent && !item ? undefined : request.fieldRules.fail(at, isSent ? 'not_applicable' : 'required');
}

function readReason(request: LeadRequest): void {
  const { at, value, item } = readReference(request, 'lost_reason_id');
  if (item) request.references.lost_reason_id = item.id;
  if (value === undefined || value === null) request.fieldRules.fail(at, 'required');
}
