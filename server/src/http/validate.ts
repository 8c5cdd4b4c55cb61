import type { FastifySchemaCompiler } from 'fastify';
import Type, { type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { TLocalizedValidationError } from 'typebox/error';
import { Format } from 'typebox/format';
import { Settings } from 'typebox/system';
import { type Issue, type IssueCode, invalid } from '../platform/problem.ts';
import { parseDate, parseInstant } from '../platform/time/dates.ts';
import { Refused } from './refused.ts';

/** Maximum number of errors reported for one request. */
const MOST_ERRORS = 100;

Settings.Set({ maxErrors: MOST_ERRORS });
// Dates must exist; blank text is allowed and means no date.
Format.Set('date', (text) => text.trim() === '' || parseDate(text) === text);
Format.Set('date-time', (text) => /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(text) && parseInstant(text, 'UTC') !== undefined);

/**
 * Compiles schemas of bodies, queries and paths. Values are neither dropped nor coerced, except for numbers and
 * booleans in a query, which arrive as text. A failed validation is a Refused with an issue for each invalid value.
 */
export function validatorCompiler(resolve: (schema: TSchema) => TSchema): FastifySchemaCompiler<TSchema> {
  return ({ schema, httpPart }) => {
    const resolved = httpPart === 'headers' ? inLowerCase(resolve(schema)) : resolve(schema);
    const validator = Compile(resolved);
    const read = httpPart === 'querystring' ? fromQuery(resolved) : (value: unknown) => value;
    return (sent: unknown) => {
      const value = read(sent);
      if (validator.Check(value)) return { value };
      return { error: new Refused(invalid(...toIssues(validator.Errors(value)))) };
    };
  };
}

/** Node delivers header names in lower case; the OpenAPI document shows their usual spelling. */
function inLowerCase(schema: TSchema): TSchema {
  const properties = Object.entries((schema as { properties?: Record<string, TSchema> }).properties ?? {});
  return Type.Object(Object.fromEntries(properties.map(([name, value]) => [name.toLowerCase(), value])));
}

/**
 * Converts query parameters to the types in their schemas where possible. NUL is removed because PostgreSQL cannot
 * store it.
 */
function fromQuery(schema: TSchema): (sent: unknown) => unknown {
  const properties = new Map(
    Object.entries((schema as { properties?: Record<string, { type?: string }> }).properties ?? {}),
  );
  return (sent) => {
    const pairs = Object.entries((sent ?? {}) as Record<string, unknown>).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value];
      return [name, fromText(value.replaceAll('\0', ''), properties.get(name)?.type)];
    });
    return Object.fromEntries(pairs);
  };
}

function fromText(text: string, type: string | undefined): unknown {
  if ((type === 'integer' || type === 'number') && /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

const typeCodes = new Map<string, IssueCode>([
  ['string', 'not_text'],
  ['number', 'not_number'],
  ['integer', 'not_integer'],
  ['boolean', 'not_boolean'],
  ['object', 'not_object'],
  ['array', 'not_list'],
]);

/** Converts the validator's errors to issues, keeping only the first for each path. */
export function toIssues(errors: readonly TLocalizedValidationError[]): Issue[] {
  const issues = new Map<string, Issue>();
  const add = (issue: Issue) => {
    if (!issues.has(issue.at)) issues.set(issue.at, issue);
  };
  for (const error of errors) for (const issue of issuesOf(error)) add(issue);
  return [...issues.values()];
}

function issuesOf(error: TLocalizedValidationError): Issue[] {
  const at = placeOf(error.instancePath);
  const below = (name: string) => (at === '' ? name : `${at}.${name}`);
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map((name) => ({ at: below(name), code: 'required' }));
    case 'additionalProperties':
      return error.params.additionalProperties.map((name) => ({ at: below(name), code: 'unknown_field' }));
    // One issue for each unknown field, so that all are named.
    case 'boolean':
      return at === '' ? [] : [{ at, code: 'unknown_field' }];
    case 'type': {
      const [type] = [error.params.type].flat();
      return [{ at, code: typeCodes.get(type ?? '') ?? 'not_in_list' }];
    }
    case 'format':
      return [{ at, code: 'not_date' }];
    case 'enum':
      return [{ at, code: 'not_in_list', limits: { allowed: error.params.allowedValues.map(String) } }];
    case 'minLength':
      return [{ at, code: 'required' }];
    case 'maxLength':
      return [{ at, code: 'too_long', limits: { max: error.params.limit } }];
    case 'minimum':
      return [{ at, code: 'too_small', limits: { min: Number(error.params.limit) } }];
    case 'maximum':
      return [{ at, code: 'too_big', limits: { max: Number(error.params.limit) } }];
    case 'maxItems':
    case 'maxProperties':
      return [{ at, code: 'too_many', limits: { max: error.params.limit } }];
    default:
      return [{ at, code: 'not_in_list' }];
  }
}

/** Converts a JSON pointer to a path: `/custom/size` becomes `custom.size`. */
function placeOf(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}
