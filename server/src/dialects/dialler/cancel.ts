import {
  type Command,
  type Endpoint,
  type Issue,
  invalid,
  type Problem,
  type ReadContext,
  type Wire,
  type WireReply,
} from '../dialect.ts';
import { checkFields } from './check-fields.ts';
import { fieldsOf, textOf } from './read-text.ts';
import { refuse } from './refuse.ts';
import { cancelRules, issueAt } from './wire.ts';

/** `POST /lead/cancel`: cancels the call scheduled for this number and type. */
export const cancel: Endpoint = {
  name: 'dialler-lead-cancel',
  about: 'Cancels the waiting call.',
  methods: ['POST'],
  path: '/lead/cancel',
  read,
  answer: () => ({ status: 200, body: { cancelled: true } }),
  refuse: refuseCancel,
};

function read(wire: Wire, { referenceData, region }: ReadContext): Command | Problem {
  const fields = fieldsOf(wire.body);
  const issues = checkFields(fields, cancelRules, region);
  if (issues.length > 0) return invalid(...issues);
  const type = referenceData.find('type', { by: 'name', value: textOf(fields, 'type') ?? '' });
  if (!type) return invalid(issueAt('type', { code: 'unknown_reference' }));
  return { kind: 'cancelCall', phone: { sent: textOf(fields, 'mobile') ?? '' }, type_id: type.id };
}

/** Answers a cancellation that is not possible with a warning rather than an error. */
function refuseCancel(problem: Problem): WireReply {
  const warning = warningOf(problem);
  return warning === undefined ? refuse(problem) : { status: 200, body: { cancelled: false, warning } };
}

function warningOf(problem: Problem): string | undefined {
  switch (problem.kind) {
    case 'not_found':
      return problem.what === 'path' ? undefined : 'not found';
    case 'conflict':
      return problem.code === 'already_processed' ? 'already processed' : 'server error (save)';
    case 'invalid':
      return problem.issues.some(isUnknownType) ? 'server error (call group)' : undefined;
    case 'internal':
      return 'server error (save)';
    default:
      return undefined;
  }
}

function isUnknownType({ code }: Issue): boolean {
  return code === 'unknown_reference';
}
