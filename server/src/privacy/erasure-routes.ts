import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { auditRequest } from '../http/audit-request.ts';
import { listOf, pageQuery, readPage } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { orNotFound, Refused } from '../http/refused.ts';
import { actorIn, changing, changingSettings, contextOf, reading } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { closed } from '../http/shapes.ts';
import { enqueueFor } from '../jobs/enqueue-for.ts';
import { fromTypeId } from '../platform/ids.ts';
import { invalid, isProblem } from '../platform/problem.ts';
import { beginErasure } from './erasure.ts';
import { ERASURE_JOB } from './erasure-jobs.ts';
import { getErasure, listErasures } from './erasure-store.ts';
import {
  erasureRequest,
  erasureView,
  personQuery,
  personRecordsView,
  viewErasure,
  viewPersonRecords,
} from './erasure-view.ts';
import { findPerson, type PersonRef } from './find-person.ts';
import { collectPersonRecords } from './person-records.ts';

const { route, writeRoute } = routesAbout('Privacy');
/** How long a search may take, in ms. */
const SEARCH_MS = 8_000;

/** `/v1/person-records` and `/v1/erasures`: the records held about a person, and erasing them. */
export function erasureRoutes(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/person-records',
    writeRoute('administer', 'Find the records held about a person', {
      about:
        'Searches by phone number, email address or lead, in any format. It is a POST so that no phone number or email address appears in a URL. It changes nothing except the audit log, which does not say who was searched for.',
      body: personQuery.ref,
      200: personRecordsView.ref,
      or: [404, 409],
    }),
    async (request) => {
      const ref = readRef(request.body);
      const { caller } = contextOf(request);
      await changing(api, request, (tx) => auditRequest(tx, request, 'person_looked_up'));
      const records = await collectPersonRecords(api.database, caller.workspace_id, ref, Date.now() + SEARCH_MS);
      if (isProblem(records)) throw new Refused(records);
      return viewPersonRecords(records);
    },
  );
  scope.post(
    '/erasures',
    writeRoute('administer', 'Erase a person', {
      about:
        'Removes the person from leads and everything that belongs to them, from stored requests and responses, and from any other record with one of their phone numbers or email addresses. This cannot be undone. Deleting a lead is different: it leaves the stored requests until their retention period ends. What remains is this certificate, which does not say who the person was, and keyed hashes by which a later enquiry is recognised.',
      body: erasureRequest.ref,
      202: erasureView.ref,
      or: [404, 409],
    }),
    async (request, reply) => reply.code(202).send(await erase(request.body, request, api)),
  );
  scope.get(
    '/erasures',
    route('administer', 'List erasures', {
      querystring: closed(pageQuery),
      200: listOf(erasureView.ref, 'Erasures, newest first.'),
    }),
    (request) => {
      const { referenceData } = contextOf(request);
      return readPage(
        request.query,
        (limit, after) => reading(api, request, (tx) => listErasures(tx, limit, after)),
        (erasure) => viewErasure(erasure, referenceData),
      );
    },
  );
  scope.get(
    '/erasures/:id',
    route('administer', 'Get an erasure', { params: oneId, 200: erasureView.ref }),
    async (request) => {
      const id = idOrNotFound('erasure', request.params.id);
      const erasure = orNotFound(await reading(api, request, (tx) => getErasure(tx, id)));
      return viewErasure(erasure, contextOf(request).referenceData);
    },
  );
}

async function erase(
  { notes, ...who }: Static<typeof erasureRequest.schema>,
  request: FastifyRequest,
  api: ApiContext,
) {
  const ref = readRef(who);
  const { at, referenceData } = contextOf(request);
  const erasure = await changingSettings(api, request, async (tx) => {
    const found = await findPerson(tx, ref);
    if (isProblem(found)) throw new Refused(found);
    const begun = await beginErasure(tx, found.person, { actor: actorIn(request), keepsNotes: notes === 'keep' }, at);
    await enqueueFor(tx, request, { kind: ERASURE_JOB, params: { erasure_id: begun.id }, total: 0 });
    await auditRequest(tx, request, 'person_erased', { erasure_id: begun.id });
    return begun;
  });
  return viewErasure(erasure, referenceData);
}

function readRef({ phone, email, lead_id }: Static<typeof personQuery.schema>): PersonRef {
  const id = lead_id === undefined ? undefined : fromTypeId('lead', lead_id);
  if (lead_id !== undefined && id === undefined)
    throw new Refused(invalid({ at: 'lead_id', code: 'unknown_reference' }));
  return { phone, email, lead_id: id };
}
