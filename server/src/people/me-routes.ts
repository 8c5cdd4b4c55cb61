import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { record } from '../http/audit-request.ts';
import { Refused } from '../http/refused.ts';
import { replies, writeReplies } from '../http/replies.ts';
import { changing, contextOf, inWorkspace, signedIn } from '../http/request-context.ts';
import { invalid } from '../platform/problem.ts';
import { permissionsOf } from '../workspaces/access/policies.ts';
import { mePatch, meView } from './me-shapes.ts';
import { getUser, renameUser, workplacesOf } from './user-store.ts';

const tags = ['Me'];

/** `/v1/me`: whoever is signed in. */
export function meRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/me',
    {
      config: { policy: 'be signed in' },
      schema: { summary: 'Who is signed in', tags, response: replies({ 200: meView.ref }) },
    },
    async (request) => show(request, api),
  );
  scope.patch(
    '/me',
    {
      config: { policy: 'be signed in' },
      schema: {
        summary: 'Change your name',
        tags,
        body: mePatch.ref,
        response: writeReplies({ 200: meView.ref }),
      },
    },
    async (request) => {
      const { name } = request.body;
      if (name?.trim() === '') throw new Refused(invalid({ at: 'name', code: 'required' }));
      if (name !== undefined)
        await changing(api, request, async (tx) => {
          await renameUser(tx, personIn(request), name.trim());
          await record(tx, request, 'name_changed', { name: name.trim() });
        });
      await api.changed(contextOf(request).caller.workspace_id);
      return show(request, api);
    },
  );
}

/** The id of the person who is signed in. */
function personIn(request: FastifyRequest): string {
  return signedIn(request).user_id ?? '';
}

async function show(request: FastifyRequest, api: ApiContext): Promise<Static<typeof meView.schema>> {
  const { id: memberId, role, sees } = signedIn(request);
  const { region, time_zone, currency, ...workspace } = contextOf(request).referenceData.workspace;
  const { user, workplaces } = await inWorkspace(api, request, async (tx) => ({
    user: await getUser(tx, personIn(request)),
    workplaces: await workplacesOf(tx, personIn(request)),
  }));
  if (!user) throw new Error('A member has no person.');
  const { id, name, email, username } = user;
  return {
    user: { id, name, email, username, totp: user.totp_confirmed_at !== null },
    member: { id: memberId, role, sees: sees ?? 'all' },
    workspace: { id: workspace.id, name: workspace.name, region, time_zone, currency: currency ?? '' },
    workspaces: workplaces
      .filter(({ active }) => active)
      .map((place) => ({ id: place.workspace_id, name: place.name, role: place.role })),
    permissions: permissionsOf(role),
  };
}
