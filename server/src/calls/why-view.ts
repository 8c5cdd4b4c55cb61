import Type, { type Static } from 'typebox';
import { instant, numberOrNull, oneOf, shape } from '../http/shapes.ts';
import type { Lead } from '../leads/lead.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Call } from './call-store.ts';
import type { CalleeZone } from './callee-zone.ts';

/** Why a call is due now. */
export const callWhy = shape(
  'CallWhy',
  Type.Object(
    {
      kind: oneOf(
        ['callback', 'new', 'retry', 'planned'],
        'An agreed time, a lead that waits for its first reply, another try, or a call that was planned.',
      ),
      at: instant('When it is, or was, due.'),
      waiting_since: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        format: 'date-time',
        description: 'Since when the lead waits for a first reply.',
      }),
      attempt: Type.Integer({ description: 'The how many-th try it will be.' }),
      most_attempts: numberOrNull('After so many it is given up; null: no limit is known.'),
    },
    { description: 'Why this call comes now.' },
  ),
);

/** The local time of the person being called. */
export const calleeZoneView = shape(
  'CalleeZone',
  Type.Object(
    {
      time_zone: Type.String({ description: 'IANA name.' }),
      approximate: Type.Boolean({ description: 'True when the phone’s country has several times, or tells none.' }),
    },
    { description: 'The clock by which a callee lives, by the country of their phone.' },
  ),
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
    most_attempts: referenceData.get('call_outcome', call.outcome_id)?.most_attempts ?? null,
  };
}

export function viewZone({ time_zone, approximate }: CalleeZone): Static<typeof calleeZoneView.schema> {
  return { time_zone, approximate };
}
