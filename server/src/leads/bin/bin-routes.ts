import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { listOf, pageQuery, readPage } from '../../http/list.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { orNotFound } from '../../http/refused.ts';
import { actorIn, contextOf, reading } from '../../http/request-context.ts';
import { leadId, routesAbout } from '../../http/route.ts';
import { closed, instant, textOrNull, viewShape } from '../../http/shapes.ts';
import { typeId } from '../../platform/ids.ts';
import { audit } from '../../workspaces/audit/audit-store.ts';
import { nameOfActor } from '../../workspaces/audit/audit-words.ts';
import { leadView } from '../lead-shapes.ts';
import { viewLead } from '../lead-view.ts';
import { BIN_DAYS, type BinnedLead, listBin } from './bin-store.ts';
import { restoreLead } from './restore-lead.ts';

const binnedLead = viewShape('BinnedLead', 'A deleted lead that can still be restored.', {
  lead_id: Type.String(),
  number: Type.Integer({ description: 'Number of the lead.' }),
  name: Type.String(),
  company_name: textOrNull('Company of the lead.'),
  deleted_at: instant('When it was deleted.'),
  deleted_by: Type.String({ description: 'Name of the member or token that deleted it.' }),
  job_id: textOrNull('The job that deleted it with others; POST /v1/jobs/{id}/undo restores them all.'),
  kept_until: instant('When it is permanently deleted, unless the workspace keeps deleted leads for a shorter time.'),
});

const { route, writeRoute } = routesAbout('Leads');

/** `/v1/bin`: lists deleted leads and restores them. */
export function binRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/bin',
    route('delete leads', 'List deleted leads', {
      about: `Leads stay in the bin for ${BIN_DAYS} days. It does not contain leads of erased people.`,
      querystring: closed(pageQuery),
      200: listOf(binnedLead.ref, 'Deleted leads, newest first.'),
    }),
    (request) => {
      const { visibility } = contextOf(request);
      return readPage(
        request.query,
        (limit, after) => reading(api, request, (tx) => listBin(tx, limit, { after, visibility })),
        (row) => viewBinned(row, (actor) => nameOfActor(actor, contextOf(request).referenceData)),
      );
    },
  );
  scope.post(
    '/bin/:id/restore',
    writeRoute('delete leads', 'Restore a deleted lead', {
      about: [
        'Brings the lead back with its notes, tasks, deals, calls and timeline, under its old id and number. If the person',
        'enquired again in the meantime, the two leads are listed as possible duplicates.',
      ].join(' '),
      params: leadId,
      200: leadView.ref,
    }),
    async (request) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const { visibility, referenceData, at: now } = contextOf(request);
      const actor = actorIn(request);
      // Without row-level visibility, because finding the lead that has the phone by now must consider all leads.
      const { workspace_id } = contextOf(request).caller;
      const lead = orNotFound(
        await api.database.tx(workspace_id, async (tx) => {
          const restored = await restoreLead(tx, id, { actor, visibility, referenceData, now });
          if (restored) await audit(tx, { actor, action: 'leads_restored', detail: { count: 1 } }, now);
          return restored;
        }),
        'lead',
      );
      return viewLead(lead, referenceData);
    },
  );
}

function viewBinned(row: BinnedLead, nameOf: (actor: string) => string): Static<typeof binnedLead.schema> {
  return {
    lead_id: typeId('lead', row.lead_id),
    number: row.number,
    name: row.name,
    company_name: row.company_name,
    deleted_at: row.deleted_at.toISOString(),
    deleted_by: nameOf(row.actor),
    job_id: row.job_id,
    kept_until: new Date(row.deleted_at.getTime() + BIN_DAYS * 86_400_000).toISOString(),
  };
}
