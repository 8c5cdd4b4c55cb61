import Type, { type Static } from 'typebox';
import { eventTypes } from '../events/catalogue.ts';
import { bodyShape, instant, instantOrNull, oneOf, textOrNull, viewShape, wholeOrNull } from '../http/shapes.ts';
import { disabledReasons, includable } from './webhook.ts';

const subscribable = ['*', ...eventTypes.filter((type) => type !== 'webhook.test')] as const;

const names = (what: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
    minItems: 1,
    maxItems: 100,
    description: `Only events about leads of these ${what}: ids or names.`,
  });
const url = Type.String({ minLength: 1, maxLength: 2048, description: 'Where events are sent with POST.' });
const description = textOrNull('What it is for.', { maxLength: 500 });
const events = Type.Array(oneOf(subscribable, 'A type of event, or * for all.'), {
  minItems: 1,
  maxItems: 100,
  description: 'Types of events that are sent; * for all, including those added by later versions.',
});
const filter = Type.Unsafe<Static<typeof filterBody> | null>({
  description:
    'The leads whose events are sent; null for all. Events that concern no lead are sent only if there is no filter.',
  anyOf: [
    {
      type: 'object',
      additionalProperties: false,
      properties: {
        sources: names('sources'),
        types: names('lead types'),
        departments: names('departments'),
      },
    },
    { type: 'null' },
  ],
});
const filterBody = Type.Object({
  sources: Type.Optional(names('sources')),
  types: Type.Optional(names('lead types')),
  departments: Type.Optional(names('departments')),
});
const include = Type.Array(oneOf(includable, 'What to include.'), {
  maxItems: 1,
  description: 'lead: each event includes the lead as it is when the event is sent.',
});

export const webhookCreate = bodyShape('WebhookCreate', 'A new webhook.', {
  url,
  description: Type.Optional(description),
  events,
  filter: Type.Optional(filter),
  include: Type.Optional(include),
});
export const webhookPatch = bodyShape('WebhookPatch', 'Fields that are omitted stay unchanged.', {
  url: Type.Optional(url),
  description: Type.Optional(description),
  events: Type.Optional(events),
  filter: Type.Optional(filter),
  include: Type.Optional(include),
  enabled: Type.Optional(
    Type.Boolean({ description: 'While it is disabled, its events are held and can be replayed later.' }),
  ),
});
export const webhookRotate = bodyShape('WebhookRotate', 'Replaces the secret of a webhook.', {
  overlap_hours: Type.Number({
    minimum: 0,
    maximum: 720,
    default: 24,
    description:
      'How many hours events are also signed with the old secret, so that receivers can be updated in the meantime.',
  }),
});

const resolved = (what: string) =>
  Type.Unsafe<string[] | null>({
    type: ['array', 'null'],
    items: { type: 'string' },
    description: `Ids of ${what}; null for any.`,
  });
const view = {
  id: Type.String(),
  url: Type.String(),
  description,
  events: Type.Array(Type.String(), { description: 'Types of events that are sent; * for all.' }),
  filter: Type.Object(
    { sources: resolved('sources'), types: resolved('lead types'), departments: resolved('departments') },
    { description: 'The leads whose events are sent.' },
  ),
  include: Type.Array(oneOf(includable, 'What to include.'), { description: 'What each event includes.' }),
  enabled: Type.Boolean(),
  disabled_at: instantOrNull('When it was disabled.'),
  disabled_because: Type.Unsafe<(typeof disabledReasons)[number] | null>({
    type: ['string', 'null'],
    enum: [...disabledReasons, null],
    description:
      'member: a person disabled it. gone: it answered 410. asked: its response had the header `webhook-delivery: disable`. failing: all attempts failed for five days. key_lost: its secret could no longer be read and was replaced.',
  }),
  failing_since: instantOrNull('When it first failed after its last success; null if the last attempt succeeded.'),
  last_success_at: instantOrNull('When an attempt last succeeded.'),
  old_secret_ends_at: instantOrNull('Until when events are also signed with the previous secret.'),
  pending: Type.Integer({ description: 'Deliveries that are waiting or being sent. Counted up to 10,000.' }),
  held: Type.Integer({ description: 'Deliveries that were held while it was disabled. Counted up to 10,000.' }),
  failed: Type.Integer({ description: 'Deliveries that were given up. Counted up to 10,000.' }),
  last_day: Type.Object(
    {
      succeeded: Type.Integer({ description: 'Attempts that succeeded.' }),
      failed: Type.Integer({ description: 'Attempts that failed.' }),
    },
    { description: 'Attempts of the last 24 hours.' },
  ),
  created_by: textOrNull("Display name of the creator: a member's name, or a description such as A token."),
  created_at: instant('When it was created.'),
};
export const webhookView = viewShape('WebhookView', 'A receiver of events, without its secret.', view);
export const webhookWithSecret = viewShape('WebhookWithSecret', 'A webhook with its new secret.', {
  ...view,
  secret: Type.String({
    description: 'The secret that signs its events: whsec_... It is shown only once and cannot be retrieved later.',
  }),
});
export const webhookHour = viewShape('WebhookHour', 'The attempts to deliver to a webhook in one hour.', {
  hour: instant('Start of the hour.'),
  succeeded: Type.Integer({ description: 'Attempts that succeeded.' }),
  failed: Type.Integer({ description: 'Attempts that failed.' }),
  median_ms: wholeOrNull('Median duration of the attempts in ms; null if there were none.'),
});
