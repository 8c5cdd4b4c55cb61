import Type, { type Static } from 'typebox';
import { eventTypes } from '../events/catalogue.ts';
import { closed, instant, instantOrNull, oneOf, shape, textOrNull, wholeOrNull } from '../http/shapes.ts';
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
  description: 'Types of events that are sent; * for all, those of later versions included.',
});
const filter = Type.Unsafe<Static<typeof filterBody> | null>({
  description: 'Which leads it is told of; null for all. Events about no lead pass only without a filter.',
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
const include = Type.Array(oneOf(includable, 'What to add.'), {
  maxItems: 1,
  description: 'lead: each event brings the lead as it is when the event is sent.',
});

export const webhookCreate = shape(
  'WebhookCreate',
  closed(
    {
      url,
      description: Type.Optional(description),
      events,
      filter: Type.Optional(filter),
      include: Type.Optional(include),
    },
    'A new webhook.',
  ),
);
export const webhookPatch = shape(
  'WebhookPatch',
  closed(
    {
      url: Type.Optional(url),
      description: Type.Optional(description),
      events: Type.Optional(events),
      filter: Type.Optional(filter),
      include: Type.Optional(include),
      enabled: Type.Optional(
        Type.Boolean({ description: 'While it is disabled, its events are held, and can be replayed later.' }),
      ),
    },
    'Fields that are omitted stay unchanged.',
  ),
);
export const webhookRotate = shape(
  'WebhookRotate',
  closed(
    {
      overlap_hours: Type.Number({
        minimum: 0,
        maximum: 720,
        default: 24,
        description: 'How long the old secret signs as well, so that receivers can be changed meanwhile.',
      }),
    },
    'Replaces the secret of a webhook.',
  ),
);

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
    { description: 'Which leads it is told of.' },
  ),
  include: Type.Array(oneOf(includable, 'What to add.'), { description: 'What is added to each event.' }),
  enabled: Type.Boolean(),
  disabled_at: instantOrNull('When it was disabled.'),
  disabled_because: Type.Unsafe<(typeof disabledReasons)[number] | null>({
    type: ['string', 'null'],
    enum: [...disabledReasons, null],
    description:
      'member: a person did it. gone: it answered 410. asked: it answered `webhook-delivery: disable`. failing: five days of nothing but failure. key_lost: its secret could no longer be read and was replaced.',
  }),
  failing_since: instantOrNull('Its first failure since its last success; null if the last attempt was a success.'),
  last_success_at: instantOrNull('Its last success.'),
  old_secret_ends_at: instantOrNull('Until when the previous secret still signs requests as well.'),
  pending: Type.Integer({ description: 'Deliveries that wait or are being sent. Counted up to 10,000.' }),
  held: Type.Integer({ description: 'Deliveries that were held while it was disabled. Counted up to 10,000.' }),
  failed: Type.Integer({ description: 'Deliveries that were given up. Counted up to 10,000.' }),
  last_day: Type.Object(
    {
      succeeded: Type.Integer({ description: 'Attempts that were a success.' }),
      failed: Type.Integer({ description: 'Attempts that were none.' }),
    },
    { description: 'Attempts of the last 24 hours.' },
  ),
  created_by: textOrNull('Name of whoever created it.'),
  created_at: instant('When it was created.'),
};
export const webhookView = shape(
  'WebhookView',
  Type.Object(view, { description: 'A receiver of events, without its secret.' }),
);
export const webhookWithSecret = shape(
  'WebhookWithSecret',
  Type.Object(
    {
      ...view,
      secret: Type.String({
        description: 'The secret that signs its events: whsec_... It is shown only now and cannot be retrieved later.',
      }),
    },
    { description: 'A webhook with its new secret.' },
  ),
);
export const webhookHour = shape(
  'WebhookHour',
  Type.Object(
    {
      hour: instant('Start of the hour.'),
      succeeded: Type.Integer({ description: 'Attempts that were a success.' }),
      failed: Type.Integer({ description: 'Attempts that were none.' }),
      median_ms: wholeOrNull('Half of the attempts took no longer, in ms; null without attempts.'),
    },
    { description: 'What was sent to a webhook in an hour.' },
  ),
);
