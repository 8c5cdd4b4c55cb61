import type { CommandKind } from '../intake/command.ts';
import type { Outcome } from '../intake/result.ts';
import type { Issue, IssueCode, Problem } from '../platform/problem.ts';

/** Short description of each rule that a value can break. */
const errors: { readonly [C in IssueCode]: string } = {
  required: 'missing',
  not_text: 'not text',
  not_number: 'not a number',
  not_integer: 'not a whole number',
  not_boolean: 'neither true nor false',
  not_date: 'not a date',
  not_object: 'not an object',
  not_list: 'not a list',
  too_long: 'too long',
  too_small: 'too small',
  too_big: 'too big',
  too_many: 'too many entries',
  not_in_list: 'not an allowed value',
  bad_email: 'not a valid email address',
  bad_phone: 'not a valid phone number',
  bad_digits: 'wrong number of digits',
  bad_json: 'not valid JSON',
  bad_url: 'not a URL that can be sent to',
  unknown_reference: 'unknown value',
  unknown_field: 'not a known field',
  one_key: 'needs exactly one key',
  not_applicable: 'not allowed here',
  not_owned: 'belongs to someone else',
};

/** The field and its error: `phone: not a valid phone number`. */
function errorWords({ at, code }: Pick<Issue, 'at' | 'code'>, value?: string | null): string {
  return `${at || 'body'}: ${errors[code] ?? code}${value ? ` “${value}”` : ''}`;
}

const refusals: { readonly [K in Exclude<Problem['kind'], 'invalid' | 'malformed' | 'forbidden'>]: string } = {
  unauthenticated: 'The token is not valid',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  conflict: 'Conflicts with the current state',
  too_large: 'The body is too large',
  unsupported_media: 'The media type is not supported',
  rate_limited: 'Too many requests',
  unavailable: 'The server was unavailable',
  internal: 'Server error',
};

const reasons = {
  missing: 'No token',
  ambiguous: 'More than one token',
  unknown: 'Not a token of this API',
  revoked: 'The token was revoked',
  expired: 'The token has expired',
  wrong_password: 'Wrong login or password',
};

/** Short reason why a request was refused. */
export function problemWords(problem: Problem, value: string | null = null): string {
  switch (problem.kind) {
    case 'invalid': {
      const [first, ...more] = problem.issues;
      if (!first) return 'A value is not allowed';
      return errorWords(first, value) + (more.length > 0 ? ` and ${more.length} more` : '');
    }
    case 'malformed':
    case 'forbidden':
      return problem.detail;
    case 'unauthenticated':
      return reasons[problem.reason];
    case 'not_found':
      return problem.what === 'path' ? 'No such path' : `No such ${problem.what}`;
    case 'conflict':
      return problem.code === 'duplicate_lead' ? 'A lead with this phone or email exists' : refusals.conflict;
    default:
      return refusals[problem.kind];
  }
}

const commands: { readonly [C in CommandKind]?: string } = {
  updateLead: 'updated',
  deleteLead: 'deleted',
  showLead: 'shown',
  addNote: 'note added',
  addTask: 'task added',
  addDeal: 'deal added',
  changeStatus: 'status changed',
  assignDepartment: 'department assigned',
  cancelCall: 'call cancelled',
  listLeads: 'Leads listed',
  listReferences: 'Settings listed',
  signIn: 'Signed in',
  signInByKey: 'Signed in',
  signOut: 'Signed out',
};

const createOutcomes: { readonly [O in Outcome]?: string } = {
  accepted: 'new lead',
  merged: 'merged',
  duplicate: 'known lead',
  test: 'Test: nothing was stored',
};

/** Short summary of a request's outcome: `Anjali Menon, new lead`, `phone: not a valid phone number`. */
export function detailOf(
  ended: { outcome: Outcome; command: string | null; problem: Problem | null; lead_name: string | null },
  value: string | null = null,
): string {
  const { outcome, command, problem, lead_name } = ended;
  if (problem) return problemWords(problem, value);
  const did = command === null || command === 'createLead' || outcome === 'test' ? createOutcomes[outcome] : undefined;
  const words = did ?? commands[command as CommandKind] ?? '';
  return lead_name && outcome !== 'test' ? `${lead_name}, ${words}` : words;
}

/** What a replay would do, as a sentence. */
export function rehearsalWords(ended: { outcome: Outcome; problem: Problem | null; lead_name: string | null }): string {
  const name = ended.lead_name ?? 'a known lead';
  if (ended.outcome === 'accepted') return ended.lead_name ? `Would create ${name}.` : 'Would be accepted.';
  if (ended.outcome === 'merged') return `Would match ${name} and update it.`;
  if (ended.outcome === 'duplicate' && !ended.problem) return `Would match ${name}; nothing would change.`;
  return `Would be refused: ${ended.problem ? problemWords(ended.problem) : 'server error'}.`;
}
