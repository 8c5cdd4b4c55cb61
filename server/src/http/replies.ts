import Type, { type TSchema } from 'typebox';
import { viewShape } from './shapes.ts';

/** The response to every refused request of `/v1` (RFC 9457). */
const problemView = viewShape('Problem', 'Why a request was refused (RFC 9457).', {
  type: Type.String({
    description: 'Identifies the problem type; never changes: /problems/invalid, /problems/not_found ...',
  }),
  title: Type.String({ description: 'Title of the problem type.' }),
  status: Type.Integer(),
  detail: Type.Optional(Type.String({ description: 'What is wrong with this request.' })),
  instance: Type.Optional(Type.String({ description: 'The submission in which the refused request is stored.' })),
  errors: Type.Array(
    Type.Object({
      field: Type.String({
        description: 'The field in error, as named in the request: phone, custom.size ...',
      }),
      code: Type.String({ description: 'Code of the rule that was broken: required, not_text, unknown_field ...' }),
      detail: Type.String({ description: 'The error as a sentence.' }),
    }),
    { description: 'All errors found in the request.' },
  ),
});

const meanings = new Map([
  [400, 'The request is malformed.'],
  [401, 'There is no valid token.'],
  [403, 'The token lacks the required scope.'],
  [404, 'Not found in this workspace.'],
  [409, 'The request conflicts with the current state.'],
  [410, 'The link has been used or replaced, or has expired.'],
  [412, 'The lead has changed since you read it.'],
  [413, 'The body is too large.'],
  [415, 'The body is not application/json.'],
  [422, 'A value is invalid; see `errors`.'],
  [429, 'Too many requests or attempts; see Retry-After.'],
  [500, 'Internal server error.'],
  [503, 'Temporarily unavailable. Nothing was stored; try again later.'],
]);

/** Response schemas of a route: its successes, and the problems it can respond with. */
export function replies(given: Record<number, TSchema>, refusals: readonly number[] = []): Record<number, TSchema> {
  const all: Record<number, TSchema> = { ...given };
  for (const status of [401, 403, 422, 429, 500, 503, ...refusals])
    all[status] ??= problemReply(meanings.get(status) ?? 'A problem.');
  return all;
}

/** Response schemas of a route with a JSON body. */
export function writeReplies(
  given: Record<number, TSchema>,
  refusals: readonly number[] = [],
): Record<number, TSchema> {
  return replies(given, [400, 413, 415, ...refusals]);
}

function problemReply(description: string): TSchema {
  return { description, content: { 'application/problem+json': { schema: problemView.ref } } } as unknown as TSchema;
}

export const nothing = (description: string) => Type.Null({ description });
