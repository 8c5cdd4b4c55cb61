import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { jsonValue } from '../http/json-body.ts';
import { idOf } from '../http/path-ids.ts';
import { toIssues } from '../http/validate.ts';
import type { Command } from '../intake/command.ts';
import type { CallContext, Endpoint } from '../intake/endpoint.ts';
import { invalid, type Problem } from '../platform/problem.ts';
import type { Wire } from '../platform/wire.ts';
import type { PolicyName } from '../workspaces/access/policies.ts';

/** A write of `/v1` that goes through intake, by the contract that the dialects have. */
export interface Operation extends Endpoint<CallContext> {
  /** Who may use it; `work leads` if not given. */
  policy?: PolicyName;
  /** The schema of its body; undefined when it has none. */
  body?: { schema: TSchema; ref: TSchema };
}

/** Defines an operation; a stored request is held against the same schema when it is read again. */
export function operation(definition: Operation): Operation {
  const { body } = definition;
  return body ? { ...definition, validate: (wire) => validate(wire, body.schema) } : definition;
}

function validate(wire: Wire, schema: TSchema): Wire | Problem {
  const { value, problem } = jsonValue(wire);
  if (problem) return problem;
  const validator = Compile(schema);
  if (!validator.Check(value)) return invalid(...toIssues(validator.Errors(value)));
  return { ...wire, body: { kind: 'json', value } };
}

/** The body of a request, which the operation's schema let through. */
export function bodyOf<Body>({ body }: Wire): Body {
  if (body.kind !== 'json') throw new Error('An operation was read without its body.');
  return body.value as Body;
}

/** Reads a request about the lead in its path. What cannot be an id names no lead. */
export function onLead(wire: Wire, read: (lead: { by: 'id'; id: string }) => Command | Problem): Command | Problem {
  const id = idOf('lead', wire.params['id'] ?? '');
  return id === undefined ? { kind: 'not_found', what: 'lead' } : read({ by: 'id', id });
}
