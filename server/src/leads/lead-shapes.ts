import Type, { type TSchema } from 'typebox';
import {
  booleanOrNull,
  closed,
  dateOrNull,
  instant,
  instantOrNull,
  numberOrNull,
  shape,
  textOrNull,
} from '../http/shapes.ts';
import { lifecycleStates } from '../workspaces/reference-data.ts';
import { LARGEST_AMOUNT, type LeadField, type LeadValues, LONGEST_TEXT, leadFieldNames, leadFields } from './fields.ts';
import type { LeadView } from './lead-view.ts';

/** Longest name of an item that a request may create. */
const LONGEST_NAME = 100;
const LONGEST_REFERENCE = 1000;
const LONGEST_DELAY = 31_536_000;
const MOST_CUSTOM = 50;

/** Lead fields accepted in a request. Blank text and null are ignored by POST and clear the field with PATCH. */
export interface LeadBody extends LeadValues {
  status?: string | null;
  type?: string | null;
  category?: string | null;
  lost_reason?: string | null;
  source?: string | null;
  department?: string | null;
  owner?: string | null;
  tags?: readonly string[] | null;
  add_tags?: readonly string[];
  remove_tags?: readonly string[];
  custom?: Record<string, unknown> | null;
  note?: string | null;
  call?: { delay_seconds?: number } | null;
}

const numberLimits: Partial<Record<LeadField, object>> = {
  probability: { minimum: 0, maximum: 100 },
  priority: { type: ['integer', 'null'], minimum: 1, maximum: 6 },
};

function fieldSchema(name: LeadField): TSchema {
  const { type, label } = leadFields[name];
  if (type === 'number') {
    const limits = numberLimits[name] ?? { minimum: -LARGEST_AMOUNT, maximum: LARGEST_AMOUNT };
    return numberOrNull(label, limits);
  }
  if (type === 'boolean') return booleanOrNull(label);
  return type === 'date' ? dateOrNull(label) : textOrNull(label, { maxLength: LONGEST_TEXT });
}

const values = Object.fromEntries(leadFieldNames.map((name) => [name, fieldSchema(name)]));
const optional = (properties: Record<string, TSchema>) =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, Type.Optional(schema)]));

const named = (what: string, more = '') =>
  textOrNull(`${what}, by name or id.${more}`, { maxLength: LONGEST_REFERENCE });

/** Most tags that one request may name. */
const MOST_TAGS_NAMED = 50;
const tagList = (description: string) =>
  Type.Array(Type.String({ maxLength: LONGEST_REFERENCE }), { maxItems: MOST_TAGS_NAMED, description });

/** Changes to a lead's tags that leave its other tags as they are. */
export const tagChanges = {
  add_tags: tagList('Tags to add, by name or id.'),
  remove_tags: tagList('Tags to remove, by name or id.'),
};

const sayable = {
  ...values,
  phone: textOrNull('Phone number in any format. Returned in E.164 if it is a valid number.', {
    maxLength: LONGEST_TEXT,
  }),
  email: textOrNull('Email address.', { maxLength: LONGEST_TEXT }),
  status: named('Status'),
  type: named('Lead type'),
  category: named('Category'),
  lost_reason: named('Why the lead was lost', ' Required when the new status has the state "lost".'),
  source: textOrNull('Where the lead came from, by name or id. An unknown name creates a new source.', {
    maxLength: LONGEST_NAME,
  }),
  department: named('Department', ' Its members take turns in owning new leads.'),
  owner: named('Owning member', ' Username and email also work.'),
  tags: Type.Unsafe<readonly string[] | null>({
    ...tagList('Tags, by name or id. Replaces all tags.'),
    type: ['array', 'null'],
  }),
  custom: Type.Unsafe<Record<string, unknown> | null>({
    type: ['object', 'null'],
    additionalProperties: true,
    maxProperties: MOST_CUSTOM,
    description: 'Custom fields by name. Unknown names create new fields.',
  }),
};

const onCreation = {
  note: textOrNull('A note to add to the lead.', { maxLength: LONGEST_TEXT }),
  call: Type.Unsafe<LeadBody['call']>({
    ...closed(
      {
        delay_seconds: Type.Optional(
          Type.Integer({
            minimum: 0,
            maximum: LONGEST_DELAY,
            description: 'Seconds from now; omit it or use 0 for a call that is due at once.',
          }),
        ),
      },
      'Plans a phone call.',
    ),
    type: ['object', 'null'],
  }),
};

export const leadCreate = shape(
  'LeadCreate',
  Type.Unsafe<LeadBody>(
    closed(
      optional({ ...sayable, ...onCreation }),
      'At least one of name, first_name, last_name, company_name, email and phone is required.',
    ),
  ),
);

export const leadPatch = shape(
  'LeadPatch',
  Type.Unsafe<Omit<LeadBody, 'note' | 'call'>>(
    closed(
      optional({ ...sayable, ...tagChanges }),
      'Fields that are omitted stay unchanged, except parts of the name that contradict a new name; null or blank text clears a field.',
    ),
  ),
);

const reference = (what: string) => textOrNull(what);

/** A lead as shown by `/v1`, events and webhooks. */
export const leadView = shape(
  'LeadView',
  Type.Unsafe<LeadView>(
    Type.Object(
      {
        id: Type.String({ description: 'lead_ and 26 characters; never changes.' }),
        number: Type.Integer({ description: 'Sequential number of the lead.' }),
        ...values,
        status: Type.String({ description: 'Name of the status.' }),
        status_id: Type.String(),
        lifecycle_state: Type.String({ enum: [...lifecycleStates] }),
        type: reference('Name of the lead type.'),
        type_id: reference('Id of the lead type.'),
        category: reference('Name of the category.'),
        category_id: reference('Id of the category.'),
        lost_reason: reference('Why it was lost.'),
        lost_reason_id: reference('Id of the lost reason.'),
        source: reference('Name of the source.'),
        source_id: reference('Id of the source.'),
        department: reference('Name of the department.'),
        department_id: reference('Id of the department.'),
        owner: reference('Name of the owning member.'),
        owner_id: reference('Id of the owning member.'),
        tags: Type.Array(Type.String(), { description: 'Names of its tags.' }),
        tag_ids: Type.Array(Type.String(), { description: 'Ids of its tags.' }),
        custom: Type.Object({}, { additionalProperties: true, description: 'Custom fields by name.' }),
        phone_display: textOrNull(
          'The phone number formatted for reading: national format, or international for foreign numbers.',
        ),
        phone_sent: textOrNull('The phone number as the sender wrote it, including any other text in the field.'),
        phone_extension: textOrNull('Digits to dial once the call is answered.'),
        phone_certainty: Type.Unsafe<LeadView['phone_certainty']>({
          type: ['string', 'null'],
          enum: ['valid', 'possible', 'none', null],
          description:
            'valid: the numbering plan of its country has such numbers; possible: it has numbers of this length; none: `phone` is the text as sent, which matches no lead and is never called.',
        }),
        phone_problem: textOrNull('`not a phone number` if phone_certainty is none; otherwise null.'),
        first_reply_at: instantOrNull('When someone first replied; null if the lead is still waiting.'),
        next_step_at: instantOrNull('When the next step is due.'),
        next_step_kind: textOrNull('call, callback or task; null if nothing is planned.'),
        next_step: textOrNull('Short description of the next step: the name of the task.'),
        do_not_call: Type.Boolean({ description: 'Whether the lead must not be called.' }),
        enquired_again_at: instantOrNull('When it last enquired while it was won, lost or cancelled.'),
        touch_count: Type.Integer({ description: 'How often the lead has arrived.' }),
        version: Type.Integer({ description: 'Increases with every change.' }),
        created_at: instant('When it was created.'),
        updated_at: instant('When it was last edited.'),
      },
      { description: 'A lead.' },
    ),
  ),
);
