import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { auditRequest } from '../http/audit-request.ts';
import { Refused } from '../http/refused.ts';
import { changing, contextOf, reading, renewed, signedIn } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { invalid } from '../platform/problem.ts';
import { getAccount, workplacesOf } from '../workspaces/access/account-store.ts';
import { permissionsOf } from '../workspaces/access/policies.ts';
import { renameMember } from '../workspaces/members/member-store.ts';
import { mePatch, meView } from './me-shapes.ts';

const { route, writeRoute } = routesAbout('Me');

/** `/v1/me`: read and update the signed-in member. */
export function meRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get('/me', route('be signed in', 'Get the signed-in member', { 200: meView.ref }), async (request) =>
    show(request, api),
  );
  scope.patch(
    '/me',
    writeRoute('be signed in', 'Update your profile', {
      about: 'The name applies in this workspace only; other workspaces keep theirs.',
      body: mePatch.ref,
      200: meView.ref,
    }),
    async (request) => {
      const { name } = request.body;
      if (name?.trim() === '') throw new Refused(invalid({ at: 'name', code: 'required' }));
      if (name !== undefined)
        await changing(api, request, async (tx) => {
          await renameMember(tx, signedIn(request).id, { name: name.trim() });
          await auditRequest(tx, request, 'name_changed', { name: name.trim() });
        });
      return show(request, api, await renewed(api, request));
    },
  );
}

async function show(
  request: FastifyRequest,
  api: ApiContext,
  referenceData = contextOf(request).referenceData,
): Promise<Static<typeof meView.schema>> {
  const member = referenceData.get('member', signedIn(request).id) ?? signedIn(request);
  const { id: memberId, role, visibility, user_id: userId, name, email, username } = member;
  const { region, time_zone, currency, ...workspace } = referenceData.workspace;
  const { account, workplaces } = await reading(api, request, async (tx) => ({
    account: await getAccount(tx, userId),
    workplaces: userId ? await workplacesOf(tx, userId) : [],
  }));
  const two_step = account?.totp_confirmed_at ?? null;
  return {
    user: {
      id: account?.id ?? memberId,
      ...{ name, email, username, totp: two_step !== null, managed: (account?.managed_by ?? null) !== null },
      sample: account === undefined,
    },
    member: { id: memberId, role, visibility: visibility ?? 'all' },
    workspace: { id: workspace.id, name: workspace.name, region, time_zone, currency: currency ?? '' },
    workspaces: workplaces
      .filter(({ active }) => active)
      .map((place) => ({ id: place.workspace_id, name: place.name, role: place.role })),
    permissions: permissionsOf(role),
  };
}
