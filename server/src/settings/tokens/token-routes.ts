import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { ApiScope } from '../../http/api-context.ts';
import { auditRequest } from '../../http/audit-request.ts';
import { listOf, wholeList } from '../../http/list.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { notFound, orNotFound, Refused } from '../../http/refused.ts';
import { actorIn, changingSettings, contextOf, reading } from '../../http/request-context.ts';
import { oneId, routesAbout } from '../../http/route.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { isRegion } from '../../platform/phone/numbering.ts';
import { type Issue, invalid } from '../../platform/problem.ts';
import {
  changeToken,
  createToken,
  getToken,
  listTokens,
  revokeToken,
  type Token,
} from '../../workspaces/tokens/token-store.ts';
import { createdToken, tokenCreate, tokenPatch, tokenRotate, tokenView, viewToken } from './token-shapes.ts';
import type { DialectsContext } from './token-spec.ts';

const { route, writeRoute } = routesAbout('Tokens');

/** `/v1/tokens`: list, create, update, rotate, revoke. */
export function tokenRoutes(scope: ApiScope, api: DialectsContext): void {
  const kinds = new Map(
    [...api.dialects, { name: 'native', tokenPrefix: 'lw_' }].map((kind) => [kind.name, kind.tokenPrefix]),
  );
  scope.get(
    '/tokens',
    route('administer', 'List tokens', { 200: listOf(tokenView.ref, 'All tokens, including revoked ones.') }),
    async (request) => {
      const tokens = await reading(api, request, listTokens);
      return wholeList(tokens.map((token) => viewToken(token, contextOf(request).referenceData)));
    },
  );
  scope.post(
    '/tokens',
    writeRoute('administer', 'Create a token', { body: tokenCreate.ref, 201: createdToken.ref }),
    async (request, reply) => reply.code(201).send(await add(request.body, kinds, request, api)),
  );
  scope.delete(
    '/tokens/:id',
    writeRoute('administer', 'Revoke a token', {
      about: 'The token and the sessions it opened end at once.',
      params: oneId,
      204: 'The token is revoked.',
    }),
    async (request, reply) => {
      const id = idOrNotFound('token', request.params.id);
      await changingSettings(api, request, async (tx) => {
        const token = orNotFound(await getToken(tx, id));
        if (await revokeToken(tx, id)) await auditRequest(tx, request, 'token_revoked', { id, name: token.name });
      });
      return reply.code(204).send();
    },
  );
  addChanging(scope, api, kinds);
}

function addChanging(scope: ApiScope, api: DialectsContext, kinds: ReadonlyMap<string, string>): void {
  scope.patch(
    '/tokens/:id',
    writeRoute('administer', 'Update a token', { params: oneId, body: tokenPatch.ref, 200: tokenView.ref }),
    async (request) => {
      const id = idOrNotFound('token', request.params.id);
      const { body } = request;
      const issues = check(body, contextOf(request));
      if (issues.length > 0) throw new Refused(invalid(...issues));
      const token = await changingSettings(api, request, async (tx) => {
        const changed = orNotFound(await changeToken(tx, id, valuesOf(body)));
        await auditRequest(tx, request, 'token_changed', { id, name: changed.name, changed: Object.keys(body) });
        return changed;
      });
      return viewToken(token, contextOf(request).referenceData);
    },
  );
  scope.post(
    '/tokens/:id/rotate',
    writeRoute('administer', "Rotate a token's secret", {
      about: 'Returns a new token with the settings of the old one, which expires after the overlap.',
      params: oneId,
      body: tokenRotate.ref,
      201: createdToken.ref,
      or: [409],
    }),
    async (request, reply) => {
      const id = idOrNotFound('token', request.params.id);
      const ends = new Date(contextOf(request).at.getTime() + request.body.overlap_seconds * 1000);
      const made = await changingSettings(api, request, (tx) => rotate(tx, id, ends, kinds, request));
      return reply.code(201).send({ ...viewToken(made.token, contextOf(request).referenceData), token: made.secret });
    },
  );
}

async function rotate(
  tx: Tx,
  id: string,
  ends: Date,
  kinds: ReadonlyMap<string, string>,
  request: FastifyRequest,
): Promise<{ token: Token; secret: string }> {
  const old = await getToken(tx, id);
  const { at } = contextOf(request);
  if (!old) throw notFound();
  if (old.revoked_at || (old.expires_at && old.expires_at <= at))
    throw new Refused({
      kind: 'own_conflict',
      code: 'token_ended',
      detail: 'This token was revoked or has expired. Create a new one.',
    });
  const made = await createToken(tx, {
    ...old,
    prefix: kinds.get(old.dialect) ?? 'lw_',
    created_by: actorIn(request),
  });
  const earliest = old.expires_at && old.expires_at < ends ? old.expires_at : ends;
  if (ends <= at) await revokeToken(tx, id);
  else await changeToken(tx, id, { expires_at: earliest });
  await auditRequest(tx, request, 'token_rotated', { id, name: old.name, new_id: made.token.id, old_ends: earliest });
  return made;
}

/** The columns to write for a body. */
function valuesOf(body: Static<typeof tokenPatch.schema>): Partial<Token> {
  const { region, expires_at, ...rest } = body;
  return {
    ...(rest as Partial<Token>),
    ...(region !== undefined && { region: region || null }),
    ...(expires_at !== undefined && { expires_at: expires_at ? new Date(expires_at) : null }),
  };
}

async function add(
  body: Static<typeof tokenCreate.schema>,
  kinds: ReadonlyMap<string, string>,
  request: FastifyRequest,
  api: DialectsContext,
) {
  const prefix = kinds.get(body.dialect);
  const issues = check(body, contextOf(request));
  if (prefix === undefined) issues.push({ at: 'dialect', code: 'not_in_list', limits: { allowed: [...kinds.keys()] } });
  if (issues.length > 0 || prefix === undefined) throw new Refused(invalid(...issues));
  const { token, secret } = await changingSettings(api, request, async (tx) => {
    const made = await createToken(tx, {
      dialect: body.dialect,
      prefix,
      name: body.name,
      policy: (body.policy ?? null) as Token['policy'],
      merge_style: (body.merge_style ?? null) as Token['merge_style'],
      region: body.region || null,
      test_mode: body.test_mode ?? false,
      may_extend: body.may_extend ?? createsFields(body.dialect, api),
      scopes: body.scopes ?? [],
      tag_ids: body.tag_ids ?? [],
      expires_at: body.expires_at ? new Date(body.expires_at) : null,
      created_by: actorIn(request),
    });
    const { id, name, dialect } = made.token;
    await auditRequest(tx, request, 'token_made', { id, name, dialect });
    return made;
  });
  return { ...viewToken(token, contextOf(request).referenceData), token: secret };
}

function createsFields(dialect: string, { dialects }: DialectsContext): boolean {
  return dialects.find(({ name }) => name === dialect)?.createsFields ?? false;
}

function check(
  { name, region, expires_at, tag_ids = [] }: Static<typeof tokenPatch.schema>,
  { referenceData, at: now }: ReturnType<typeof contextOf>,
): Issue[] {
  const issues: Issue[] = [];
  const strange = tag_ids.findIndex((id) => !referenceData.get('tag', id));
  if (strange !== -1) issues.push({ at: `tag_ids.${strange}`, code: 'unknown_reference' });
  if (name?.trim() === '') issues.push({ at: 'name', code: 'required' });
  if (region && !isRegion(region)) issues.push({ at: 'region', code: 'not_in_list' });
  if (expires_at && new Date(expires_at) <= now) issues.push({ at: 'expires_at', code: 'not_in_list' });
  return issues;
}
