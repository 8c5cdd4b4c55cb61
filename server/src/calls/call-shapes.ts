import Type from 'typebox';
import { closed, instantOrNull, shape, textOrNull } from '../http/shapes.ts';
import { LONGEST_TEXT } from '../leads/fields.ts';
import { leadView } from '../leads/lead-shapes.ts';
import { callView } from './call-view.ts';
import { calleeZoneView, callWhy } from './why-view.ts';

/** Default duration of a claim, for tokens and for members in the web app. */
export const LEASE_SECONDS = 300;
export const MEMBER_LEASE_SECONDS = 600;
const MAX_WAIT = 31_536_000;
const MAX_TALK = 86_400;
const lease = Type.Integer({
  minimum: 30,
  maximum: 3600,
  description: `How long the claim holds; ${LEASE_SECONDS} if not said, ${MEMBER_LEASE_SECONDS} for a signed-in member.`,
});
const claimId = Type.String({ minLength: 1, maxLength: 100, description: 'As the claim was answered.' });
const agent = Type.Optional(
  Type.String({
    maxLength: 200,
    description: "Who calls. The token's name if not said; a member is always themselves.",
  }),
);
const typeName = textOrNull('Lead type, by name or id.', { maxLength: 1000 });
const oneOfTheirs = (what: string) => Type.Optional(Type.String({ maxLength: 100, description: what }));

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
    {
      agent,
      type: Type.Optional(typeName),
      lease_seconds: Type.Optional(lease),
      call_id: oneOfTheirs('This call and no other.'),
      lead_id: oneOfTheirs('The waiting call of this lead.'),
    },
    'Asks for the call that comes first, or for a certain one.',
  ),
);
/** Reply of POST /v1/calls/claim. */
export const claimedCall = shape(
  'ClaimedCall',
  Type.Object(
    {
      call: callView.ref,
      lead: leadView.ref,
      claim_id: Type.String(),
      why: callWhy.ref,
      zone: calleeZoneView.ref,
      may_call: Type.Boolean({ description: 'It is within the calling hours of the callee, and they may be called.' }),
      script: textOrNull('What to say, in Markdown: the script of the lead type.'),
    },
    { description: 'A call to make now.' },
  ),
);
/** Body of POST /v1/calls/{id}/outcome. */
export const callOutcome = shape(
  'CallOutcome',
  closed(
    {
      claim_id: claimId,
      outcome: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          description: 'What came of it, in your words: answered, busy, no answer ... Or name an outcome_id.',
        }),
      ),
      outcome_id: oneOfTheirs('One of the outcomes of the workspace; its meaning decides what follows.'),
      note: Type.Optional(textOrNull('What was said.', { maxLength: LONGEST_TEXT })),
      retry_in_seconds: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: MAX_WAIT,
          description: 'Try again after so long; for words of your own.',
        }),
      ),
      callback_at: Type.Optional(
        Type.String({ format: 'date-time', description: 'Try again at that time; due for an outcome that means so.' }),
      ),
      talk_seconds: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: MAX_TALK,
          description: 'How long was spoken; measured from the start if not said.',
        }),
      ),
      lost_reason: Type.Optional(
        textOrNull('Why the lead is lost, by name or id; due when the outcome means that.', { maxLength: 1000 }),
      ),
    },
    'Ends a claimed call. Without a time to try again it is done.',
  ),
);
/** Body of POST /v1/calls/{id}/release. */
export const callRelease = shape('CallRelease', closed({ claim_id: claimId }, 'Gives a claimed call back.'));
/** Body of POST /v1/calls/{id}/start. */
export const callStart = shape('CallStart', closed({ claim_id: claimId }, 'The talk begins.'));
/** Body of POST /v1/calls/{id}/skip. */
export const callSkip = shape(
  'CallSkip',
  closed(
    { claim_id: claimId, reason: Type.Optional(textOrNull('Why, for the timeline.', { maxLength: 500 })) },
    'Passes a claimed call over; it is offered again a little later.',
  ),
);
/** Body of POST /v1/calls/{id}/extend. */
export const callExtend = shape(
  'CallExtend',
  closed({ claim_id: claimId, lease_seconds: Type.Optional(lease) }, 'Keeps a claim for longer.'),
);
