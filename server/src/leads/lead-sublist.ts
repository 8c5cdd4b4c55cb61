import type { TSchema } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { listOf, type PageQuery, pageQuery, readPage } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { contextOf, reading } from '../http/request-context.ts';
import { leadId, routesAbout } from '../http/route.ts';
import { closed } from '../http/shapes.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { hasLead } from './lead-store.ts';

/** Definition of a list that belongs to one lead, such as its notes or calls, newest first. */
export interface LeadSublist<Row extends { id: string }> {
  /** Last segment of the path. */
  name: string;
  summary: string;
  item: TSchema;
  list(tx: Tx, leadId: string, limit: number, after?: string): Promise<readonly Row[]>;
  view(row: Row, referenceData: ReferenceData): object;
}

const { route } = routesAbout('Leads');

/** Adds GET /v1/leads/{id}/{name}. */
export function addLeadSublist<Row extends { id: string }>(
  scope: ApiScope,
  api: ApiContext,
  sublist: LeadSublist<Row>,
): void {
  scope.get(
    `/leads/:id/${sublist.name}`,
    route('read leads', sublist.summary, {
      about: 'Newest first.',
      params: leadId,
      querystring: closed(pageQuery),
      200: listOf(sublist.item, `${sublist.summary.replace('List a', 'A')}, newest first.`),
    }),
    async (request) => {
      const { id: text } = request.params as { id: string };
      const id = idOrNotFound('lead', text, 'lead');
      const { referenceData } = contextOf(request);
      return readPage(
        request.query as PageQuery,
        (limit, after) =>
          reading(api, request, async (tx) => {
            const [known, rows] = await Promise.all([hasLead(tx, id), sublist.list(tx, id, limit, after)]);
            if (!known) throw notFound('lead');
            return rows;
          }),
        (row) => sublist.view(row, referenceData),
      );
    },
  );
}
