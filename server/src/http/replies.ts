import Type, { type TSchema } from 'typebox';
import { closed, shape } from './shapes.ts';

/** How every refusal of `/v1` looks: RFC 9457. */
const problemView = shape(
  'Problem',
  Type.Object(
    {
      type: Type.String({
        description: 'Names the kind of problem and never changes: /problems/invalid, /problems/not_found ...',
      }),
      title: Type.String({ description: 'The kind in words.' }),
      status: Type.Integer(),
      detail: Type.Optional(Type.String({ description: 'What is wrong with this request.' })),
      instance: Type.Optional(Type.String({ description: 'The submission under which the refused request was kept.' })),
      errors: Type.Array(
        Type.Object({
          field: Type.String({
            description: 'The value at fault, in the words of the request: phone, custom.size ...',
          }),
          code: Type.String({ description: 'The rule it breaks: required, not_text, unknown_field ...' }),
          detail: Type.String({ description: 'The same as a sentence.' }),
        }),
        { description: 'All values at fault.' },
      ),
    },
    { description: 'Why a request was refused (RFC 9457).' },
  ),
);

const meanings = new Map([
  [400, 'The request cannot be read.'],
  [401, 'There is no valid token.'],
  [403, 'The token lacks the scope.'],
  [404, 'There is no such thing in this workspace.'],
  [409, 'It cannot be done as things stand.'],
  [410, 'The link was used, replaced, or is too old.'],
  [412, 'It was changed since you read it.'],
  [413, 'The body is too large.'],
  [415, 'The body is not application/json.'],
  [422, 'A value breaks a rule; `errors` names it.'],
  [429, 'Too many tries; Retry-After says when to come again.'],
  [500, 'A fault of the server.'],
  [503, 'Come again later; nothing was kept.'],
]);

/** Every answer of a route: what it gives, and the ways in which it can refuse. */
export function replies(given: Record<number, TSchema>, refusals: readonly number[] = []): Record<number, TSchema> {
  const all: Record<number, TSchema> = { ...given };
  for (const status of [401, 403, 422, 500, 503, ...refusals])
    all[status] ??= problemReply(meanings.get(status) ?? 'A problem.');
  return all;
}

/** Answers of a route that changes something by a JSON body. */
export function writeReplies(
  given: Record<number, TSchema>,
  refusals: readonly number[] = [],
): Record<number, TSchema> {
  return replies(given, [400, 413, 415, ...refusals]);
}

function problemReply(description: string): TSchema {
  return { description, content: { 'application/problem+json': { schema: problemView.ref } } } as unknown as TSchema;
}

/** Path of one thing. */
export const oneId = closed({ id: Type.String({ description: 'Its id.' }) });
/** Path of a lead. */
export const leadId = closed({
  id: Type.String({ description: 'Its id: lead_..., or the UUID it stands for with or without dashes.' }),
});
/** An answer without a body. */
export const nothing = (description: string) => Type.Null({ description });
