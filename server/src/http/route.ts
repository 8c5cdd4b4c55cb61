import Type, { type TObject, type TSchema } from 'typebox';
import type { PolicyName } from '../workspaces/access/policies.ts';
import { nothing, replies, writeReplies } from './replies.ts';
import { closed } from './shapes.ts';

/** What a route takes, and what it answers. */
interface Parts {
  /** Whatever its summary leaves out. */
  about?: string;
  /** Heading in the document, if it is another than usual. */
  heading?: string;
  /** Path parameters; a route with an `id` can answer 404. */
  params?: TObject;
  querystring?: TObject;
  body?: TSchema;
  /** Statuses of refusals that not every route has. */
  or?: readonly number[];
  /** Successes by status: the schema of the body, or what it means if there is none. */
  [status: number]: TSchema | string;
}

/** The parts from which the types of a request are inferred. */
type Read<P extends Parts> = Pick<P, Extract<keyof P, 'params' | 'querystring' | 'body'>>;

/** Makes the compiler refuse misspelt names in the parts of a route. */
type Misspelt<P> = { [Name in Exclude<keyof P, keyof Parts>]: never };

/**
 * Declares the routes under one heading of the OpenAPI document: `route` for those without a body, `writeRoute` for those
 * with one, for which it also documents how a bad body is refused. Takes the policy, a short summary and the schemas.
 */
export function routesAbout(usual: string) {
  const declare =
    (responses: typeof replies) =>
    <P extends Parts>(policy: PolicyName, summary: string, parts: P & Misspelt<P>) => {
      const { about: description, heading = usual, params, querystring, body, or = [], ...given }: Parts = parts;
      const answers = Object.entries<TSchema | string>(given).map(([status, answer]) => [
        status,
        typeof answer === 'string' ? nothing(answer) : answer,
      ]);
      const refusals = params && 'id' in params.properties ? [404, ...or] : or;
      const said = {
        summary,
        description,
        tags: [heading],
        security: policy === 'public' ? [] : undefined,
        response: responses(Object.fromEntries(answers), refusals),
      };
      // Without undefined values, of which Fastify warns.
      const taken = { ...(params && { params }), ...(querystring && { querystring }), ...(body && { body }) };
      return { config: { policy }, schema: { ...said, ...taken } as typeof said & Read<P> };
    };
  return { route: declare(replies), writeRoute: declare(writeReplies) };
}

/** Path parameters of a route for one object. */
export const oneId = closed({ id: Type.String({ description: 'Unique id.' }) });
/** Path parameters of a route for one lead. */
export const leadId = closed({
  id: Type.String({ description: 'Id: lead_..., or the underlying UUID with or without dashes.' }),
});
