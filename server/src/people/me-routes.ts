import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { record } from '../api/record.ts';
import { replies, writeReplies } from '../api/replies.ts';
import { changing, inWorkspace, signedIn, visitorOf } from '../api/visitor.ts';
import { Refused } from '../platform/http/refused.ts';
import { permissionsOf } from '../platform/http/route-policy.ts';
import { invalid } from '../platform/problem.ts';
import { mePatch, meView } from './me-shapes.ts';
import { getUser, renameUser, workplacesOf } from './user-store.ts';

const tags = ['Me'];

/** `/v1/me`: whoever is signed in. */
export function meRoutes(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/me',
    {
      config: { policy: 'be signed in' },
      schema: { summary: 'Who is signed in', tags, response: replies({ 200: meView.ref }) },
    },
    async (request) => show(request, parts),
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
        await changing(parts, request, async (tx) => {
          await renameUser(tx, personIn(request), name.trim());
          await record(tx, request, 'name_changed', { name: name.trim() });
        });
      await parts.changed(visitorOf(request).caller.workspace_id);
      parts.live.tell(visitorOf(request).caller.workspace_id, 'people');
      return show(request, parts);
    },
  );
}

/** The id of the person who is signed in. */
function personIn(request: FastifyRequest): string {
  return signedIn(request).user_id ?? '';
}

async function show(request: FastifyRequest, parts: ApiParts): Promise<Static<typeof meView.schema>> {
  const { id: memberId, role, sees } = signedIn(request);
  const { region, time_zone, currency, ...workspace } = visitorOf(request).book.workspace;
  const { user, workplaces } = await inWorkspace(parts, request, async (tx) => ({
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
