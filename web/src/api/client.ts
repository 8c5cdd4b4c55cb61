import createClient, { type Middleware } from 'openapi-fetch';
import { asProblem, readProblem } from './problem.ts';
import type { components, paths } from './schema.d.ts';

/** The API's named shapes: `Shape<'Lead'>`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];

const refuse: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await readProblem(response);
    return response;
  },
  onError({ error }) {
    return asProblem(error);
  },
};

/** The typed client of `/v1`; throws a Problem when a request is refused. */
export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });
api.use(refuse);

/** The body of a successful response: `await body(api.GET('/v1/leads', ...))`. */
export async function body<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer;
  return data as T;
}
