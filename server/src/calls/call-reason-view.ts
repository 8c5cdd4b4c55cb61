import Type, { type Static } from 'typebox';
import { instant, numberOrNull, oneOf, viewShape } from '../http/shapes.ts';
import type { Lead } from '../leads/lead.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Call } from './call-store.ts';
import { type CalleeZone, zoneClues } from './callee-zone.ts';

/** Why a call is due now. */
export const callWhy = viewShape('CallReason', 'Why this call is next.', {
  kind: oneOf(
    ['callback', 'new', 'retry', 'planned'],
    'An agreed callback, a lead waiting for its first reply, a retry, or a planned call.',
  ),
  at: instant('When it is, or was, due.'),
  waiting_since: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    format: 'date-time',
    description: 'When the lead began waiting for a first reply.',
  }),
  attempt: Type.Integer({ description: 'Attempt number.' }),
  max_attempts: numberOrNull('The call is given up after this many attempts; null if there is no known limit.'),
});

/** The local time of the person being called. */
export const calleeZoneView = viewShape(
  'CalleeZone',
  'The local time zone of a callee, derived from the country and area code of their phone number and from their city.',
  {
    time_zone: Type.String({ description: 'IANA time zone name.' }),
    time_zones: Type.Array(Type.String(), {
      description: 'All time zones the callee may be in, one for each local time, from west to east.',
    }),
    approximate: Type.Boolean({
      description: 'Whether several time zones are possible, or the country of the phone number is unknown.',
    }),
    guessed_from: Type.Unsafe<CalleeZone['guessed_from']>({
      enum: [...zoneClues, null],
      description: 'What the time zone was guessed from, if the country has several.',
    }),
  },
);

/** Explains why a call is due now. */
export function viewWhy(
  call: Pick<Call, 'callback' | 'attempts' | 'outcome_id' | 'due_at'>,
  lead: { first_reply_at: Date | null; created_at: Date } | Pick<Lead, 'first_reply_at' | 'created_at'>,
  referenceData: ReferenceData,
): Static<typeof callWhy.schema> {
  const waits = lead.first_reply_at === null;
  const kind = call.callback ? 'callback' : call.attempts > 0 ? 'retry' : waits ? 'new' : 'planned';
  return {
    kind,
    at: call.due_at.toISOString(),
    waiting_since: waits ? lead.created_at.toISOString() : null,
    attempt: call.attempts + 1,
    max_attempts: referenceData.get('call_outcome', call.outcome_id)?.max_attempts ?? null,
  };
}

export function viewZone(zone: CalleeZone): Static<typeof calleeZoneView.schema> {
  return { ...zone, time_zones: [...zone.time_zones] };
}
