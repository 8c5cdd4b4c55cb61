import Type from 'typebox';
import { bodyShape, closed, instant, instantOrNull, textOrNull, viewShape } from '../http/shapes.ts';
import { LONGEST_TEXT } from '../leads/fields.ts';
import { leadView } from '../leads/lead-shapes.ts';
import { calleeZoneView, callWhy } from './call-reason-view.ts';
import { callView } from './call-view.ts';

/** Default durations of a claim: for tokens, and for members in the web app. */
export const LEASE_SECONDS = 300;
export const MEMBER_LEASE_SECONDS = 600;
const MAX_WAIT = 31_536_000;
const MAX_TALK = 86_400;
export const lease = Type.Integer({
  minimum: 30,
  maximum: 3600,
  description: `How long the claim lasts. Defaults to ${LEASE_SECONDS}, or ${MEMBER_LEASE_SECONDS} for a signed-in member.`,
});
const claimId = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'Claim id, as returned when the call was claimed.',
});
export const agentName = Type.Optional(
  Type.String({
    maxLength: 200,
    description: "Name of the agent. Defaults to the token's name; a signed-in member always calls as themselves.",
  }),
);
const typeName = textOrNull('Lead type, by name or id.', { maxLength: 1000 });
const oneOfTheirs = (what: string) => Type.Optional(Type.String({ maxLength: 100, description: what }));

/** What the agent will do next for the lead, as part of the report of a call. */
export const callNextStep = closed(
  {
    name: Type.String({ minLength: 1, maxLength: 500, description: 'What has to be done.' }),
    due_at: instant('When it is due.'),
  },
  'Adds a task for the next step of the lead. Only allowed with one of the workspace’s outcomes.',
);

/** Body of POST /v1/leads/{id}/calls. */
export const callCreate = bodyShape('CallCreate', 'A call planned by hand.', {
  due_at: Type.Optional(instantOrNull('When to call; now if omitted.')),
  type: Type.Optional(typeName),
});
/** Body of POST /v1/calls/claim. */
export const callClaim = bodyShape('CallClaim', 'Claims the next call in the queue, or a specific one.', {
  agent: agentName,
  type: Type.Optional(typeName),
  lease_seconds: Type.Optional(lease),
  call_id: oneOfTheirs('Claims this call only.'),
  lead_id: oneOfTheirs('Claims the waiting call of this lead.'),
  outside_hours: Type.Optional(
    Type.Boolean({
      description:
        "true: claim this one call even outside the calling hours. The lead's timeline and the audit log record it.",
    }),
  ),
});
/** Reply of POST /v1/calls/claim. */
export const claimedCall = viewShape('ClaimedCall', 'A call to make now.', {
  call: callView.ref,
  lead: leadView.ref,
  claim_id: Type.String(),
  why: callWhy.ref,
  zone: calleeZoneView.ref,
  may_call: Type.Boolean({
    description: 'Whether the lead may be called now: they accept calls and it is within their calling hours.',
  }),
  script: textOrNull("The lead type's call script, in Markdown."),
});
/** Body of POST /v1/calls/{id}/outcome. */
export const callOutcome = bodyShape(
  'CallOutcome',
  'Ends a claimed call. Unless it is to be retried, the call is done.',
  {
    claim_id: claimId,
    outcome: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'Outcome in your own words: answered, busy, no answer ... Alternatively, give an outcome_id.',
      }),
    ),
    outcome_id: oneOfTheirs("One of the workspace's call outcomes; its meaning decides what follows."),
    note: Type.Optional(textOrNull('Note about the conversation.', { maxLength: LONGEST_TEXT })),
    retry_in_seconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: MAX_WAIT,
        description: 'Retry after this many seconds. Only allowed with an outcome in your own words.',
      }),
    ),
    callback_at: Type.Optional(
      Type.String({
        format: 'date-time',
        description: 'When to call again. Required for outcomes whose meaning is a callback.',
      }),
    ),
    talk_seconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: MAX_TALK,
        description: 'Length of the conversation; measured from its start if omitted.',
      }),
    ),
    lost_reason: Type.Optional(
      textOrNull('Why the lead was lost, by name or id. Required when the outcome marks the lead as lost.', {
        maxLength: 1000,
      }),
    ),
    next_step: Type.Optional(callNextStep),
  },
);
/** Body of POST /v1/calls/{id}/release. */
export const callRelease = bodyShape('CallRelease', 'Releases a claimed call.', { claim_id: claimId });
/** Body of POST /v1/calls/{id}/start. */
export const callStart = bodyShape('CallStart', 'Starts the conversation.', { claim_id: claimId });
/** Body of POST /v1/calls/{id}/skip. */
export const callSkip = bodyShape('CallSkip', 'Skips a claimed call; it is offered again a little later.', {
  claim_id: claimId,
  reason: Type.Optional(textOrNull('Reason, shown on the timeline.', { maxLength: 500 })),
});
/** Body of POST /v1/calls/{id}/extend. */
export const callExtend = bodyShape('CallExtend', 'Extends a claim.', {
  claim_id: claimId,
  lease_seconds: Type.Optional(lease),
});
