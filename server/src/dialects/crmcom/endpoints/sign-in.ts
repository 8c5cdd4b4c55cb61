import type { Command, Problem, Result, Wire, WireReply } from '../../dialect.ts';
import { invalid } from '../../dialect.ts';
import { bodyFields, FieldRules, type Fields, pairFields } from '../../field-rules.ts';
import { ok } from '../envelope.ts';
import { readParameters } from '../parameters.ts';
import { refuse } from '../refuse.ts';

/** `authentication/token`: signs in with a member's user name and password; `organisation` is the workspace's name. */
export function readSignIn(wire: Wire): Command | Problem {
  return readParameters(wire, (fields) => {
    const fieldRules = new FieldRules();
    const username = fieldRules.requiredText(fields, 'username');
    const password = fieldRules.requiredText(fields, 'password');
    const spelling = fields.has('organization') && !fields.has('organisation') ? 'organization' : 'organisation';
    const organisation = fieldRules.requiredText(fields, spelling);
    const unit = fieldRules.text(fields, 'unit');
    if (organisation === undefined || username === undefined || password === undefined || fieldRules.issues.length > 0)
      return invalid(...fieldRules.issues);
    return { kind: 'signIn', organisation, username, password, ...(unit !== undefined && { unit }) };
  });
}

/** `authentication/web_api_key/token`: the key comes as HTTP Basic; the only parameter read is `unit`. */
export function readKeySignIn(wire: Wire): Command {
  const unit = unitOf(bodyFields(wire.body)) ?? unitOf(pairFields(wire.query));
  return unit === undefined ? { kind: 'signInByKey' } : { kind: 'signInByKey', unit };
}

function unitOf(fields: Fields | undefined): string | undefined {
  return fields && new FieldRules().text(fields, 'unit');
}

export function readRelease(): Command {
  return { kind: 'signOut' };
}

export function answerToken(result: Result): WireReply {
  return result.kind === 'signed_in' ? ok({ token: result.token }) : refuse({ kind: 'internal' });
}

export function answerRelease(result: Result): WireReply {
  return result.kind === 'signed_out' ? ok({}) : refuse({ kind: 'internal' });
}
