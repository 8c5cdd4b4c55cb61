import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiScope } from '../../http/api-context.ts';
import { shownBase } from '../../http/base-url.ts';
import { listOf, wholeList } from '../../http/list.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { wordProblem } from '../../http/problem-words.ts';
import { notFound } from '../../http/refused.ts';
import { contextOf, reading } from '../../http/request-context.ts';
import { oneId, routesAbout } from '../../http/route.ts';
import { viewShape } from '../../http/shapes.ts';
import { getToken, type Token } from '../../workspaces/tokens/token-store.ts';
import { countTokenUses } from '../../workspaces/tokens/token-usage-store.ts';
import { sendTest } from './send-test.ts';
import type { DialectAbout, TokenSpecContext } from './token-spec.ts';
import { nativeAbout, PLACEHOLDER, specOf, tokenSpec } from './token-spec.ts';

const { route } = routesAbout('Tokens');
const DAY_MS = 86_400_000;

const dialectView = viewShape('DialectView', 'An API that tokens give access to.', {
  name: Type.String(),
  title: Type.String(),
  base_url: Type.String({ description: 'Base URL for its clients.' }),
  prefixes: Type.Array(Type.String(), { description: 'Paths of its endpoints.' }),
  creates_fields: Type.Boolean({ description: 'Whether its new tokens may create custom fields.' }),
  field_names: Type.Array(Type.String(), { description: 'Names of the fields of a request for a new lead.' }),
  example: Type.String({ description: 'A request for a new lead, as a curl command with YOUR_TOKEN in it.' }),
});
const tokenUses = viewShape('TokenUsage', 'Use of a token in the last 24 hours.', {
  token_id: Type.String(),
  outcomes: Type.Record(Type.String(), Type.Integer(), { description: 'Number of requests with this outcome.' }),
});
const testSent = viewShape('TestResponse', 'The response a sender of the example would have received.', {
  status: Type.Integer(),
  body: Type.String({ description: 'Body of the response.' }),
  submission_id: Type.String({ description: 'The submission under which it was stored.' }),
});

/** `/v1/tokens/{id}/spec`, `/test` and `/usage`: how a sender uses a token, and whether it works. */
export function tokenSpecRoutes(scope: ApiScope, api: TokenSpecContext): void {
  const kinds = [...api.dialects, nativeAbout((problem) => wordProblem(problem))];
  addLists(scope, api, kinds);
  scope.get(
    '/tokens/:id/spec',
    route('administer', "Get a token's instructions for senders", { params: oneId, 200: tokenSpec.ref }),
    async (request) => {
      const { token, dialect } = await find(api, request, request.params.id, kinds);
      return specOf(token, dialect, shownBase(request, api), contextOf(request).referenceData.workspace.region);
    },
  );
  scope.post(
    '/tokens/:id/test',
    route('administer', "Send a token's example as a test request", {
      about: 'It is checked, answered and stored in the journal like any request, but creates no lead.',
      params: oneId,
      200: testSent.ref,
    }),
    async (request) => {
      const { token, dialect } = await find(api, request, request.params.id, kinds);
      return sendTest(api, request, token, dialect);
    },
  );
}

function addLists(scope: ApiScope, api: TokenSpecContext, kinds: readonly DialectAbout[]): void {
  scope.get(
    '/dialects',
    route('read settings', 'List the APIs that tokens give access to', {
      200: listOf(dialectView.ref, 'All APIs.'),
    }),
    async (request) =>
      wholeList(
        kinds.map(({ name, title, endpoints, createsFields = false, fields, example }) => ({
          creates_fields: createsFields,
          name,
          title,
          field_names: fields.map((field) => field.name),
          example: example(shownBase(request, api), PLACEHOLDER),
          base_url: shownBase(request, api),
          prefixes: [...new Set(endpoints.map(({ path }) => path.replace(/\/:.*$/, '')))],
        })),
      ),
  );
  scope.get(
    '/tokens/usage',
    route('administer', 'Count the requests of each token in the last 24 hours', {
      200: listOf(tokenUses.ref, 'Tokens used in the last 24 hours.'),
    }),
    async (request) => {
      const since = new Date(contextOf(request).at.getTime() - DAY_MS);
      const uses = await reading(api, request, (tx) => countTokenUses(tx, since));
      const byToken = new Map<string, Record<string, number>>();
      for (const { token_id, outcome, requests } of uses)
        byToken.set(token_id, { ...byToken.get(token_id), [outcome]: requests });
      return wholeList([...byToken].map(([token_id, outcomes]) => ({ token_id, outcomes })));
    },
  );
}

async function find(
  api: TokenSpecContext,
  request: FastifyRequest,
  sent: string,
  kinds: readonly DialectAbout[],
): Promise<{ token: Token; dialect: DialectAbout }> {
  const id = idOrNotFound('token', sent);
  const token = await reading(api, request, (tx) => getToken(tx, id));
  const dialect = kinds.find(({ name }) => name === token?.dialect);
  if (!token || !dialect) throw notFound();
  return { token, dialect };
}
