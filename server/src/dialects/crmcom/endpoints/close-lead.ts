import type { Command, LifecycleState, Problem, ReadContext, Wire } from '../../dialect.ts';
import { invalid } from '../../dialect.ts';
import { readFieldsSet } from '../fields-set.ts';
import { readReference } from '../lead-fields.ts';
import { readLeadRef } from '../lead-reference.ts';
import { isShownName } from '../lead-view.ts';
import { readParameters } from '../parameters.ts';
import { type Reading, startReading } from '../reading.ts';

/** Reads `leads/lost` or `leads/cancel`: an update of the status only, with its reason when lost. */
export function readClosing(state: LifecycleState): (wire: Wire, context: ReadContext) => Command | Problem {
  return (wire, context) =>
    readParameters(wire, (fields) => {
      const reading = startReading(fields, context, true);
      const lead = readLeadRef(fields, reading.fieldRules);
      const status = closingStatus(reading, state);
      if (state === 'lost') readReason(reading);
      readFieldsSet(fields, reading.fieldRules, isShownName);
      if (!lead || !status || reading.fieldRules.issues.length > 0) return invalid(...reading.fieldRules.issues);
      return {
        kind: 'updateLead',
        lead,
        draft: { values: {}, references: reading.references, status },
        origin: reading.origin,
        fieldRules: ['unclosed_lead'],
      };
    });
}

/** The named status, else the workspace's first status of that state. */
function closingStatus(reading: Reading, state: LifecycleState): { id: string } | undefined {
  const { referenceData } = reading.context;
  const { at, value, item } = readReference(reading, 'status_id');
  const isSaid = value !== undefined && value !== null;
  const status = isSaid
    ? referenceData.get('status', item?.id)
    : referenceData.all('status').find((one) => one.state === state);
  if (status?.state === state) return { id: status.id };
  return isSaid && !item ? undefined : reading.fieldRules.fail(at, isSaid ? 'not_applicable' : 'required');
}

function readReason(reading: Reading): void {
  const { at, value, item } = readReference(reading, 'lost_reason_id');
  if (item) reading.references.lost_reason_id = item.id;
  if (value === undefined || value === null) reading.fieldRules.fail(at, 'required');
}
