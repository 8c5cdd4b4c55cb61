/**
 * Everything that can be wrong with a request, as data. A dialect words it for its clients; `/v1` words it as RFC 9457.
 * The union is closed: a new kind breaks the build of every dialect without a text for it.
 */
export type Problem =
  | { kind: 'malformed'; detail: string }
  | { kind: 'invalid'; issues: readonly Issue[] }
  | { kind: 'unauthenticated'; reason: 'missing' | 'ambiguous' | 'unknown' | 'revoked' | 'expired' | 'wrong_password' }
  | { kind: 'forbidden'; detail: string }
  | { kind: 'not_found'; what: 'lead' | 'path' | 'call' | 'record' }
  | { kind: 'method_not_allowed'; allowed: readonly string[] }
  | { kind: 'conflict'; code: ConflictCode }
  | { kind: 'too_large'; limitBytes: number }
  | { kind: 'unsupported_media'; detail: string }
  | { kind: 'rate_limited'; retryAfterSeconds: number }
  | { kind: 'unavailable'; retryAfterSeconds: number }
  | { kind: 'internal' };

export type ProblemKind = Problem['kind'];

/** One example of each kind, so that a test can check that every dialect words it. */
export const problemExamples: { readonly [K in ProblemKind]: Extract<Problem, { kind: K }> } = {
  malformed: { kind: 'malformed', detail: 'Unexpected end of JSON input' },
  invalid: { kind: 'invalid', issues: [{ at: 'email', field: 'email', code: 'required' }] },
  unauthenticated: { kind: 'unauthenticated', reason: 'unknown' },
  forbidden: { kind: 'forbidden', detail: 'The token may not do this.' },
  not_found: { kind: 'not_found', what: 'path' },
  method_not_allowed: { kind: 'method_not_allowed', allowed: ['POST'] },
  conflict: { kind: 'conflict', code: 'duplicate_lead' },
  too_large: { kind: 'too_large', limitBytes: 262_144 },
  unsupported_media: { kind: 'unsupported_media', detail: 'Content-Encoding gzip' },
  rate_limited: { kind: 'rate_limited', retryAfterSeconds: 1 },
  unavailable: { kind: 'unavailable', retryAfterSeconds: 2 },
  internal: { kind: 'internal' },
};

export type ConflictCode =
  | 'duplicate_lead'
  | 'already_processed'
  | 'lead_closed'
  | 'idempotency_mismatch'
  | 'in_flight'
  | 'already_replayed'
  | 'contents_removed'
  | 'several_people'
  | 'changed_since'
  | 'claim_lost'
  | 'in_use';

/**
 * A value that breaks a rule. `at` is the sender's own name for the field, `field` the canonical lead field if there is
 * one. Each dialect words the sentence itself.
 */
export interface Issue {
  at: string;
  field?: string;
  code: IssueCode;
  limits?: { min?: number; max?: number; allowed?: readonly string[] };
  /** The reason, as a full sentence. */
  detail?: string;
  /** The workspace's own validation rule that requires the value, and when it applies. */
  rule?: {
    of: string;
    when: 'always' | 'state' | 'given' | 'equals';
    states?: readonly string[];
    other?: string;
    value?: string;
  };
}

export const issueCodes = [
  'required',
  'not_text',
  'not_number',
  'not_integer',
  'not_boolean',
  'not_date',
  'not_object',
  'not_list',
  'too_long',
  'too_small',
  'too_big',
  'too_many',
  'not_in_list',
  'bad_email',
  'bad_phone',
  'bad_digits',
  'bad_json',
  'bad_url',
  'unknown_reference',
  'unknown_field',
  'one_key',
  'not_applicable',
  'not_owned',
] as const;
export type IssueCode = (typeof issueCodes)[number];

/** Shorthand for the most common problem. */
export function invalid(...issues: Issue[]): Extract<Problem, { kind: 'invalid' }> {
  return { kind: 'invalid', issues };
}

const problemKinds = new Set<string>(Object.keys(problemExamples));

/** Tells a Problem from a Command or Result; their `kind`s never overlap. */
export function isProblem(value: object): value is Problem {
  return 'kind' in value && typeof value.kind === 'string' && problemKinds.has(value.kind);
}
