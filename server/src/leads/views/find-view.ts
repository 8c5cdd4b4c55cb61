import type { FastifyRequest } from 'fastify';
import { idOrNotFound } from '../../http/path-ids.ts';
import { notFound } from '../../http/refused.ts';
import { callerMay, contextOf, memberIn } from '../../http/request-context.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import type { Member, ReferenceData } from '../../workspaces/reference-data.ts';
import { getView, type SavedView } from './saved-view-store.ts';

/** The view with this id. Responds with 404 for a view that the caller may not see, as if it did not exist. */
export async function findView(tx: Tx, request: FastifyRequest, text: string, lock = false): Promise<SavedView> {
  const view = await getView(tx, idOrNotFound('view', text), lock);
  const member = memberIn(request);
  const sees =
    view &&
    (view.screen === 'leads' || callerMay(request, 'read reports')) &&
    (view.audience === 'all' ||
      (member && view.member_id === member.id) ||
      (view.audience === 'team' &&
        member &&
        colleaguesOf(member, contextOf(request).referenceData).includes(view.member_id ?? '')));
  if (!view || !sees) throw notFound();
  return view;
}

/** Like `findView`, but only finds views of the list of leads. */
export async function findListView(tx: Tx, request: FastifyRequest, text: string): Promise<SavedView> {
  const view = await findView(tx, request, text);
  if (view.screen !== 'leads') throw notFound();
  return view;
}

/** Ids of all members in the member's departments. */
export function colleaguesOf({ id }: Member, referenceData: ReferenceData): string[] {
  const departments = referenceData.all('department').filter(({ member_ids }) => member_ids.includes(id));
  return departments.flatMap(({ member_ids }) => member_ids);
}
