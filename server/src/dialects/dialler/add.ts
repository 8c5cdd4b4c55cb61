import {
  type CreateLead,
  type Endpoint,
  invalid,
  type LeadDraft,
  type Problem,
  type ReadContext,
  type Result,
  type Warning,
  type Wire,
  type WireReply,
} from '../dialect.ts';
import { cleanText, exactFields, type Fields, sourceOf } from '../field-rules.ts';
import { checkFields, MAX_LENGTH } from './check-fields.ts';
import { readData } from './data-field.ts';
import { readDelay } from './read-delay.ts';
import { fieldsOf, textOf } from './read-text.ts';
import { existingContact, refuse } from './refuse.ts';
import { addRules, issueAt, origin, wireFields } from './wire.ts';

/** `POST /lead/add`: takes in a lead to be called. */
export const add: Endpoint = {
  name: 'dialler-lead-add',
  about: 'Receives a lead and plans a call to it.',
  methods: ['POST'],
  path: '/lead/add',
  read,
  answer,
  refuse,
};

function read(wire: Wire, { referenceData, region }: ReadContext): CreateLead | Problem {
  const fields = fieldsOf(wire.body);
  const issues = checkFields(fields, addRules, region);
  if (issues.length > 0) return invalid(...issues);
  const test = isTest(fields.get('test'));
  const type = referenceData.find('type', { by: 'name', value: textOf(fields, 'type') ?? '' });
  // A test only checks the format, so an unknown type passes it.
  if (!type && !test) return invalid(issueAt('type', { code: 'unknown_reference' }));
  const warnings: Warning[] = [];
  const command: CreateLead = {
    kind: 'createLead',
    draft: draftOf(wire, fields, type?.id, warnings),
    origin,
    call: { delaySeconds: delayOf(fields) },
  };
  if (test) command.test = true;
  if (warnings.length > 0) command.warnings = warnings;
  return command;
}

function draftOf(wire: Wire, fields: Fields, typeId: string | undefined, warnings: Warning[]): LeadDraft {
  const [first, last] = [textOf(fields, 'first_name'), textOf(fields, 'surname')];
  const [subtype, other] = [textOf(fields, 'subtype'), textOf(fields, 'other_phone')];
  const memory = new Map(unknownFields(exactFields(wire.body) ?? fields, warnings));
  const data = readData(fields.get('data'), sourceOf(wire, 'data'));
  if (data !== undefined) memory.set('data', data);
  return {
    values: {
      name: nameOf(first ?? '', last ?? ''),
      first_name: first ?? null,
      last_name: last ?? null,
      email: textOf(fields, 'email') ?? null,
      ...(subtype !== undefined && { subtype }),
    },
    phone: { sent: textOf(fields, 'mobile') ?? '' },
    ...(other !== undefined && { other_phone: { sent: other } }),
    ...(typeId !== undefined && { references: { type_id: typeId } }),
    ...(memory.size > 0 && { dialect_fields: Object.fromEntries(memory) }),
  };
}

/** First and last name; only the first if both together are too long, since each is also stored on its own. */
function nameOf(first: string, last: string): string {
  const name = `${first} ${last}`;
  return name.length > MAX_LENGTH ? first : name;
}

function delayOf(fields: Fields): number {
  const delay = readDelay(fields.get('delays'));
  return typeof delay === 'number' ? delay : 0;
}

/** Whether the request is only a test. Unless it clearly says so, it is a real lead that must not be lost. */
function isTest(value: unknown): boolean {
  return value === true || value === 1 || (typeof value === 'string' && /^\s*(?:true|1)\s*$/i.test(value));
}

function answer(result: Result): WireReply {
  if (result.kind === 'lead' && result.did === 'rehearsed') return { status: 200, body: { test: 'ok' } };
  const call = result.kind === 'lead' ? result.call : undefined;
  if (call === 'existing_contact') return existingContact;
  if (call === 'already_scheduled')
    return { status: 200, body: { saved: true, processed: false, error: 'Another call is already scheduled' } };
  return { status: 200, body: { saved: true, processed: true } };
}

const MAX_FIELDS = 50;
const MAX_NAME = 64;
/** A reserved name in a lead's dialect fields. */
const RESERVED = '_as';

/** Undocumented fields, to be stored with the lead. Those over the limit are mentioned on the timeline. */
function unknownFields(fields: Fields, warnings: Warning[]): [name: string, value: unknown][] {
  const stored: [string, unknown][] = [];
  for (const [sentName, value] of fields) {
    if (wireFields.has(sentName) || value === null || value === undefined) continue;
    const name = cleanText(sentName);
    const fits = name !== '' && name !== RESERVED && [...name].length <= MAX_NAME && stored.length < MAX_FIELDS;
    if (fits) stored.push([name, value]);
    else warnings.push({ code: 'field_limit_reached', at: name.slice(0, MAX_NAME), value: shorten(value) });
  }
  return stored;
}

function shorten(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
