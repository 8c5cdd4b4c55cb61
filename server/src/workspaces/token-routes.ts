import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { idOrNotFound } from '../api/ids.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { nothing, oneId, replies, writeReplies } from '../api/replies.ts';
import { changing, inWorkspace, visitorOf } from '../api/visitor.ts';
import { listOf, wholeList } from '../platform/http/list.ts';
import { notFound, Refused } from '../platform/http/refused.ts';
import { scopes } from '../platform/http/route-policy.ts';
import { closed, instant, instantOrNull, oneOf, shape, textOrNull } from '../platform/http/shapes.ts';
import { isRegion } from '../platform/phone.ts';
import { type Issue, invalid } from '../platform/problem.ts';
import { matchPolicies, mergeStyles } from './match-policy.ts';
import { createToken, getToken, listTokens, revokeToken, type Token } from './token-store.ts';

const tags = ['Tokens'];

const settings = {
  policy: textOrNull(
    'What to do when an arriving lead is known: create, merge, attach or refuse. null: as its dialect does.',
    {
      enum: [...matchPolicies, null],
    },
  ),
  merge_style: textOrNull('On merge: fill blanks only, or let sent values overwrite. null: as its dialect does.', {
    enum: [...mergeStyles, null],
  }),
  region: textOrNull(
    'Country (ISO alpha-2) of numbers without a country code. null: as its dialect or the workspace has it.',
  ),
  test_mode: Type.Boolean({ description: 'true: everything is checked and answered, no lead is kept.' }),
  may_extend: Type.Boolean({ description: 'May payloads make new sources, statuses and custom fields?' }),
  scopes: Type.Array(oneOf(scopes, 'A scope.'), {
    maxItems: 20,
    description: 'What it may do on /v1; none: everything. write includes read, admin includes all.',
  }),
  expires_at: instantOrNull('When it ends by itself.'),
};

const view = {
  id: Type.String(),
  dialect: Type.String({ description: 'The API it admits to; native for this one.' }),
  name: Type.String(),
  hint: Type.String({ description: 'Its first characters, to recognise it by.' }),
  ...settings,
  revoked_at: instantOrNull('When it was revoked.'),
  last_used_at: instantOrNull('When it was last used, to within some seconds.'),
  created_at: instant('When it was made.'),
};
const tokenView = shape('TokenView', Type.Object(view, { description: 'An intake token, without its secret.' }));
const tokenMade = shape(
  'TokenMade',
  Type.Object(
    { ...view, token: Type.String({ description: 'The secret. It is shown this once and kept nowhere.' }) },
    { description: 'A new token with its secret.' },
  ),
);
const optional = Object.fromEntries(Object.entries(settings).map(([name, schema]) => [name, Type.Optional(schema)]));
const tokenCreate = shape(
  'TokenCreate',
  Type.Unsafe<{ dialect: string; name: string } & Partial<Static<typeof tokenView.schema>>>(
    closed(
      {
        dialect: Type.String({
          minLength: 1,
          maxLength: 100,
          description: 'The API it is to admit to; native for this one.',
        }),
        name: Type.String({ minLength: 1, maxLength: 200, description: 'Who or what will send with it.' }),
        ...optional,
      },
      'A new token.',
    ),
  ),
);

/** `/v1/tokens`. */
export function tokenRoutes(scope: ApiScope, parts: ApiParts): void {
  const kinds = new Map(
    [...parts.dialects, { name: 'native', tokenPrefix: 'lw_' }].map((kind) => [kind.name, kind.tokenPrefix]),
  );
  scope.get(
    '/tokens',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'List tokens',
        tags,
        response: replies({ 200: listOf(tokenView.ref, 'All tokens, revoked ones too.') }),
      },
    },
    async (request) => wholeList((await inWorkspace(parts, request, listTokens)).map(viewToken)),
  );
  scope.post(
    '/tokens',
    {
      config: { policy: 'administer' },
      schema: { summary: 'Make a token', tags, body: tokenCreate.ref, response: writeReplies({ 201: tokenMade.ref }) },
    },
    async (request, reply) => reply.code(201).send(await add(request.body, kinds, request, parts)),
  );
  scope.delete(
    '/tokens/:id',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Revoke a token',
        description: 'It ends at once, and the sessions it opened.',
        tags,
        params: oneId,
        response: writeReplies({ 204: nothing('It no longer works.') }, [404]),
      },
    },
    async (request, reply) => {
      const id = idOrNotFound('token', request.params.id);
      await changing(parts, request, async (tx) => {
        if (!(await getToken(tx, id))) throw notFound();
        await revokeToken(tx, id);
      });
      await parts.changed(visitorOf(request).caller.workspace_id);
      return reply.code(204).send();
    },
  );
}

async function add(
  body: Static<typeof tokenCreate.schema>,
  kinds: ReadonlyMap<string, string>,
  request: FastifyRequest,
  parts: ApiParts,
) {
  const prefix = kinds.get(body.dialect);
  const issues = check(body, visitorOf(request).at);
  if (prefix === undefined) issues.push({ at: 'dialect', code: 'not_in_list', limits: { allowed: [...kinds.keys()] } });
  if (issues.length > 0 || prefix === undefined) throw new Refused(invalid(...issues));
  const { token, secret } = await changing(parts, request, (tx) =>
    createToken(tx, {
      dialect: body.dialect,
      prefix,
      name: body.name,
      policy: (body.policy ?? null) as Token['policy'],
      merge_style: (body.merge_style ?? null) as Token['merge_style'],
      region: body.region || null,
      test_mode: body.test_mode ?? false,
      may_extend: body.may_extend ?? true,
      scopes: body.scopes ?? [],
      expires_at: body.expires_at ? new Date(body.expires_at) : null,
    }),
  );
  await parts.changed(visitorOf(request).caller.workspace_id);
  return { ...viewToken(token), token: secret };
}

function check({ name, region, expires_at }: Static<typeof tokenCreate.schema>, now: Date): Issue[] {
  const issues: Issue[] = [];
  if (name.trim() === '') issues.push({ at: 'name', code: 'required' });
  if (region && !isRegion(region)) issues.push({ at: 'region', code: 'not_in_list' });
  if (expires_at && new Date(expires_at) <= now) issues.push({ at: 'expires_at', code: 'not_in_list' });
  return issues;
}

function viewToken(token: Token): Static<typeof tokenView.schema> {
  const { id, dialect, name, hint, policy, merge_style, region, test_mode, may_extend } = token;
  return {
    id,
    dialect,
    name,
    hint,
    policy,
    merge_style,
    region,
    test_mode,
    may_extend,
    scopes: token.scopes as Static<typeof tokenView.schema>['scopes'],
    expires_at: token.expires_at?.toISOString() ?? null,
    revoked_at: token.revoked_at?.toISOString() ?? null,
    last_used_at: token.last_used_at?.toISOString() ?? null,
    created_at: token.created_at.toISOString(),
  };
}
