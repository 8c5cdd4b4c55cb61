import Type from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { listOf, wholeList } from '../../http/list.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { notFound, orNotFound, Refused } from '../../http/refused.ts';
import { actorIn, changing, contextOf, reading } from '../../http/request-context.ts';
import { leadId, routesAbout } from '../../http/route.ts';
import { closed, viewShape } from '../../http/shapes.ts';
import { typeId } from '../../platform/ids.ts';
import { invalid } from '../../platform/problem.ts';
import { recordActivity } from '../activity-store.ts';
import { leadView } from '../lead-shapes.ts';
import { getLead } from '../lead-store.ts';
import { viewLead } from '../lead-view.ts';
import { listPossibleDuplicates, markNotDuplicates } from './duplicate-store.ts';

const possibleDuplicate = viewShape('PossibleDuplicate', 'A lead that may be the same person.', {
  lead: leadView.ref,
  why: Type.String({ description: 'What the two leads have in common, such as: Same phone.' }),
});

const pair = closed({
  id: leadId.properties['id'],
  other: Type.String({ description: 'Id of the other lead, in the same form.' }),
});

const { route } = routesAbout('Leads');

/** `/v1/leads/{id}/possible-duplicates`: leads that may be the same person, and marking them as not duplicates. */
export function possibleDuplicateRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/leads/:id/possible-duplicates',
    route('read leads', 'List possible duplicates of a lead', {
      params: leadId,
      200: listOf(possibleDuplicate.ref, 'Possible duplicates, newest first; at most 20.'),
    }),
    async (request) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const { referenceData, visibility } = contextOf(request);
      const duplicates = await reading(api, request, async (tx) => {
        const lead = orNotFound(await getLead(tx, id), 'lead');
        return listPossibleDuplicates(tx, lead, visibility);
      });
      return wholeList(
        duplicates.map(({ kinds, ...lead }) => ({ lead: viewLead(lead, referenceData), why: sameOf(kinds) })),
      );
    },
  );
  scope.post(
    '/leads/:id/possible-duplicates/:other/dismiss',
    route('work leads', 'Mark two leads as not duplicates', {
      params: pair,
      204: 'The two are no longer reported as possible duplicates.',
    }),
    async (request, reply) => {
      const ids = [request.params.id, request.params.other].map((text) => idOrNotFound('lead', text, 'lead'));
      const [id = '', other = ''] = ids;
      if (id === other) throw new Refused(invalid({ at: 'other', code: 'not_applicable' }));
      const { at } = contextOf(request);
      const actor = actorIn(request);
      await changing(api, request, async (tx) => {
        for (const one of ids) if (!(await getLead(tx, one))) throw notFound('lead');
        await markNotDuplicates(tx, [id, other], { actor, at });
        const detail = { other_id: typeId('lead', other) };
        await recordActivity(tx, {
          lead_id: id,
          kind: 'twin_dismissed',
          actor,
          reason: 'Not the same person as another lead.',
          detail,
          at,
        });
      });
      return reply.code(204).send();
    },
  );
}

const words: Readonly<Record<string, string>> = { email: 'email', phone: 'phone' };

function sameOf(kinds: readonly string[]): string {
  return `Same ${[...kinds]
    .sort()
    .reverse()
    .map((kind) => words[kind] ?? kind.replaceAll('_', ' '))
    .join(' and ')}`;
}
