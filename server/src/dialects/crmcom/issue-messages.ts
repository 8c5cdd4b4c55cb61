import type { Issue, IssueCode } from '../dialect.ts';
import { codes } from './codes.ts';

interface ErrorText {
  code: string;
  /** The part of the message after the field's name. */
  message(limits: NonNullable<Issue['limits']>): string;
}

const value = (says: ErrorText['message']): ErrorText => ({ code: codes.fieldInvalid, message: says });
const range = ({ min, max }: NonNullable<Issue['limits']>) =>
  min === undefined ? `must not be more than ${max ?? 'allowed'}` : `must be from ${min} to ${max}`;

/** The error code and message for each broken rule. The messages are ours. */
const errorTexts: Readonly<Record<IssueCode, ErrorText>> = {
  required: { code: codes.fieldMissing, message: () => 'is mandatory' },
  not_text: value(() => 'must be a text'),
  not_number: value(() => 'must be a number'),
  not_integer: value(() => 'must be a whole number'),
  not_boolean: value(() => 'must be true or false'),
  not_date: value(() => 'must be a date such as 2026-01-31'),
  not_object: value(() => 'must be an object'),
  not_list: value(() => 'must be a list'),
  too_long: value(({ max }) => `must not be longer than ${max ?? 'allowed'} characters`),
  too_small: value(range),
  too_big: value(range),
  too_many: value(({ max }) => `must not hold more than ${max ?? 'allowed'} entries`),
  not_in_list: value(({ allowed = [] }) => `must be one of ${allowed.join(', ')}`),
  bad_email: value(() => 'must be an e-mail address'),
  bad_phone: value(() => 'must be a phone number'),
  bad_digits: value(() => 'must have the right number of digits'),
  bad_json: value(() => 'must be JSON'),
  bad_url: value(() => 'must be a URL that can be sent to'),
  unknown_reference: { code: codes.entityNotFound, message: () => 'does not identify anything known' },
  unknown_field: { code: codes.fieldUnknown, message: () => 'is not a field that can be asked for' },
  one_key: {
    code: codes.identifierInvalid,
    message: ({ allowed = [] }) => `must specify exactly one of ${allowed.join(', ')}`,
  },
  not_applicable: { code: codes.fieldNotApplicable, message: () => 'is not applicable here' },
  not_owned: { code: codes.accountNotOwned, message: () => 'must be owned by the specified contact information' },
};

/** The `status.code` for the first issue. */
export function firstCode(issues: readonly Issue[]): string {
  return issues[0] ? errorTexts[issues[0].code].code : codes.fieldInvalid;
}

/** A sentence for each issue, beginning with the field's name. */
export function describeIssues(issues: readonly Issue[]): string {
  return issues.map((issue) => `${issue.at} ${errorTexts[issue.code].message(issue.limits ?? {})}.`).join(' ');
}
