import Type from 'typebox';
import { callView } from '../calls/call-view.ts';
import { LONGEST_TEXT } from '../leads/fields.ts';
import { closed, instantOrNull, shape, textOrNull } from '../platform/http/shapes.ts';
import { leadView } from './lead-shapes.ts';

/** How long a claim holds when nothing is said. */
export const LEASE_SECONDS = 300;
const LONGEST_WAIT = 31_536_000;
const lease = Type.Integer({
  minimum: 30,
  maximum: 3600,
  default: LEASE_SECONDS,
  description: 'How long the claim holds.',
});
const claimId = Type.String({ minLength: 1, maxLength: 100, description: 'As the claim was answered.' });
const agent = Type.Optional(Type.String({ maxLength: 200, description: "Who calls. The token's name if not said." }));
const typeName = textOrNull('Lead type, by name or id.', { maxLength: 1000 });

/** Body of POST /v1/leads/{id}/calls. */
export const callCreate = shape(
  'CallCreate',
  closed(
    { due_at: Type.Optional(instantOrNull('When to call; at once if not said.')), type: Type.Optional(typeName) },
    'A call planned by hand.',
  ),
);
/** Body of POST /v1/calls/claim. */
export const callClaim = shape(
  'CallClaim',
  closed(
    { agent, type: Type.Optional(typeName), lease_seconds: Type.Optional(lease) },
    'Asks for the call that is due first.',
  ),
);
/** What a claimer gets. */
export const claimedCall = shape(
  'ClaimedCall',
  Type.Object(
    { call: callView.ref, lead: leadView.ref, claim_id: Type.String() },
    { description: 'A call to make now.' },
  ),
);
/** Body of POST /v1/calls/{id}/outcome. */
export const callOutcome = shape(
  'CallOutcome',
  closed(
    {
      claim_id: claimId,
      outcome: Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'What came of it, in your words: answered, busy, no answer ...',
      }),
      note: Type.Optional(textOrNull('What was said.', { maxLength: LONGEST_TEXT })),
      retry_in_seconds: Type.Optional(
        Type.Integer({ minimum: 0, maximum: LONGEST_WAIT, description: 'Try again after so long.' }),
      ),
      callback_at: Type.Optional(Type.String({ format: 'date-time', description: 'Try again at that time.' })),
    },
    'Ends a claimed call. Without a time to try again it is done.',
  ),
);
/** Body of POST /v1/calls/{id}/release. */
export const callRelease = shape('CallRelease', closed({ claim_id: claimId }, 'Gives a claimed call back.'));
/** Body of POST /v1/calls/{id}/extend. */
export const callExtend = shape(
  'CallExtend',
  closed({ claim_id: claimId, lease_seconds: Type.Optional(lease) }, 'Keeps a claim for longer.'),
);
