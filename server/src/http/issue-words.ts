import type { Issue, IssueCode } from '../platform/problem.ts';

type Limits = NonNullable<Issue['limits']>;

/** Wording for each validation error, shared by all responses. */
const words: { readonly [C in IssueCode]: string | ((limits: Limits) => string) } = {
  required: 'is required',
  not_text: 'must be text',
  not_number: 'must be a number',
  not_integer: 'must be a whole number',
  not_boolean: 'must be true or false',
  not_date:
    'must be a valid date such as 2026-01-31, or a timestamp such as 2026-01-31T09:30:00Z where a time is required',
  not_object: 'must be an object',
  not_list: 'must be a list',
  too_long: ({ max }) => `must have at most ${max} characters`,
  too_small: ({ min }) => `is too small or too short; the minimum is ${min}`,
  too_big: ({ max }) => `must be ${max} or less`,
  too_many: ({ max }) => `must have at most ${max} entries`,
  not_in_list: ({ allowed }) => (allowed ? `must be one of ${allowed.join(', ')}` : 'has a value that is not allowed'),
  bad_email: 'must be an email address',
  bad_phone: 'must be a phone number: at least one digit, at most 60 characters',
  bad_digits: ({ min, max }) => `must have ${min} to ${max} digits`,
  bad_json: 'must be JSON',
  bad_url: 'must be a URL that this server can send to',
  unknown_reference: 'refers to something that does not exist in this workspace',
  unknown_field: 'is not a field of this request',
  one_key: 'must name exactly one key',
  not_applicable: 'cannot be given here',
  not_owned: 'belongs to someone else',
};

/** An issue as a sentence: `email must be an email address.` */
export function issueSentence({ at, code, limits = {}, rule, detail }: Issue): string {
  const said = words[code];
  return `${at || 'The body'} ${typeof said === 'string' ? said : said(limits)}${rule ? ruleWords(rule) : ''}.${detail ? ` ${detail}` : ''}`;
}

/** Describes the workspace rule that was broken: ` of leads of the type Broadband that are won`. */
function ruleWords({ of, when, states = [], other, value }: NonNullable<Issue['rule']>): string {
  const type = ` of leads of the type ${of}`;
  if (when === 'state') return `${type} that are ${states.join(' or ')}`;
  if (when === 'given') return `${type} when ${other} is given`;
  return when === 'equals' ? `${type} when ${other} is “${value}”` : type;
}
