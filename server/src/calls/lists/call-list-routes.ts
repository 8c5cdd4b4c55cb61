import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { Refused } from '../../http/refused.ts';
import { contextOf } from '../../http/request-context.ts';
import { leadId, routesAbout } from '../../http/route.ts';
import { bodyShape, closed, oneOf, textOrNull, viewShape } from '../../http/shapes.ts';
import { filterContextOf } from '../../leads/list/filter-context.ts';
import { questionOf } from '../../leads/list/lead-question.ts';
import { readListQuery } from '../../leads/list/list-query.ts';
import { findListView } from '../../leads/views/find-view.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { typeId } from '../../platform/ids.ts';
import { formatPhone } from '../../platform/phone/show-phone.ts';
import { invalid } from '../../platform/problem.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { agentContextOf, leaseSeconds, viewClaimed } from '../agent-context.ts';
import { agentName, claimedCall, lease } from '../call-shapes.ts';
import {
  type CallListRequest,
  claimFromList,
  type ListToCall,
  MOST_LISTED,
  readCallList,
  whysPassed,
} from './call-list.ts';
import { permitCall } from './permit-call.ts';

const { route, writeRoute } = routesAbout('Calls');
const SHOWN = 20;

/** Identifies a list: a saved view, or the query string of a list. */
const listNamed = {
  view: Type.Optional(Type.String({ maxLength: 100, description: 'A saved view, by id.' })),
  query: Type.Optional(
    Type.String({
      maxLength: 2000,
      description:
        'Alternatively, a query string for GET /v1/leads: `owner=me&state=open`. With neither, all leads are listed.',
    }),
  ),
  since: Type.Optional(
    Type.String({
      format: 'date-time',
      description: 'When you began: leads that were called or skipped since then are passed over.',
    }),
  ),
};
type ListNamed = { view?: string; query?: string; since?: string };

const listClaim = bodyShape('CallListClaim', 'Claims the next call of a list of leads.', {
  ...listNamed,
  agent: agentName,
  lease_seconds: Type.Optional(lease),
  lead_id: Type.Optional(Type.String({ maxLength: 100, description: 'Claims this lead from the list.' })),
  outside_hours: Type.Optional(
    Type.Boolean({
      description:
        "true: claim this one lead even outside the calling hours. The lead's timeline and the audit log record it.",
    }),
  ),
});

const callPermission = bodyShape('CallPermission', 'A call that is about to be made.', {
  outside_hours: Type.Optional(Type.Boolean({ description: 'true: allow the call even outside the calling hours.' })),
});

const callList = viewShape('CallList', 'The leads of a list that can be called.', {
  to_call: Type.Integer({ description: 'Number of leads that can be called now.' }),
  passed_over: Type.Array(
    Type.Object({
      why: oneOf(
        whysPassed,
        'done: called within the last hour, or called or skipped since you began; held: someone else is working on the lead; callback: a callback has been agreed for later.',
      ),
      count: Type.Integer(),
    }),
    { description: 'Leads that cannot be called now, by reason.' },
  ),
  has_more: Type.Boolean({
    description: `true if the list has more leads than the first ${MOST_LISTED}, which are the only ones considered.`,
  }),
  next: Type.Array(
    Type.Object({
      lead_id: Type.String(),
      name: Type.String({ description: 'Name of the lead.' }),
      company_name: textOrNull('Company of the lead.'),
      phone_display: Type.String(),
    }),
    { description: `The first ${SHOWN} of them, in the order of the list.` },
  ),
});

/** Routes of `/v1/calls/list`, to work through a view or list of leads by phone, and of a lead's call permission. */
export function callListRoutes(scope: ApiScope, api: ApiContext): void {
  addPermission(scope, api);
  scope.get(
    '/calls/list',
    route('make calls', 'Get the leads of a list that can be called', {
      querystring: closed(listNamed),
      200: callList.ref,
      or: [404],
    }),
    async (request) => {
      const agentContext = agentContextOf(request);
      const read = await inList(api, request, request.query, (tx, list) => readCallList(tx, list, agentContext));
      return viewList(read, agentContext.referenceData);
    },
  );
  scope.post(
    '/calls/list/claim',
    writeRoute('make calls', 'Claim the next call of a list of leads', {
      about: [
        'Offers the leads in the order of the list, including those without a planned call. A lead is passed over if it must',
        'not be called, is outside its calling hours, was called within the last hour, has a callback agreed for later, or',
        'is being worked on by someone else. Members are offered only leads they can see, and hold one call at a time:',
        'claiming again returns the same call. A call that was not planned before is cancelled when it is skipped or released.',
      ].join(' '),
      body: listClaim.ref,
      200: claimedCall.ref,
      204: 'No lead is left to call.',
      or: [404, 409],
    }),
    async (request, reply) => {
      const { agent: named, lease_seconds, lead_id, outside_hours, ...list } = request.body;
      const agentContext = agentContextOf(request, named);
      const asked = {
        leaseSeconds: leaseSeconds(request, lease_seconds),
        leadId: lead_id === undefined ? undefined : idOrNotFound('lead', lead_id, 'lead'),
        outsideHours: outside_hours,
      };
      const next = await inList(api, request, list, (tx, one) => claimFromList(tx, one, asked, agentContext));
      if (!next) return reply.code(204).send();
      return reply.send(viewClaimed(next, agentContext.referenceData, agentContext.now));
    },
  );
}

function addPermission(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/leads/:id/calls/permission',
    writeRoute('make calls', 'Ask whether a lead may be called now', {
      about:
        "Refused if the lead must not be called or is outside its calling hours. `outside_hours` allows the call outside the calling hours; the lead's timeline and the audit log record it.",
      heading: 'Leads',
      params: leadId,
      body: callPermission.ref,
      204: 'The lead may be called.',
      or: [409],
    }),
    async (request, reply) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const agentContext = agentContextOf(request);
      const { outside_hours } = request.body;
      // Without row-level visibility, for the same reason as in `inList`.
      await api.database.tx(contextOf(request).caller.workspace_id, (tx) =>
        permitCall(tx, id, outside_hours, agentContext),
      );
      return reply.code(204).send();
    },
  );
}

/**
 * Resolves the list and runs `work` on it. Without row-level visibility, because a hidden lead may have asked that its
 * number not be called, which also holds for visible leads; the queries apply the agent's own visibility.
 */
function inList<T>(
  api: ApiContext,
  request: FastifyRequest,
  { view, query, since }: ListNamed,
  work: (tx: Tx, list: CallListRequest) => Promise<T>,
): Promise<T> {
  if (view !== undefined && query !== undefined) throw new Refused(invalid({ at: 'query', code: 'one_key' }));
  const { caller, visibility } = contextOf(request);
  const read = async (tx: Tx) => {
    const text = view === undefined ? (query ?? '') : (await findListView(tx, request, view)).query;
    const question = questionOf(readListQuery(text.replace(/^\?/, '')), filterContextOf(request), visibility);
    return work(tx, { question, since: since === undefined ? undefined : new Date(since) });
  };
  return api.database.tx(caller.workspace_id, read, { retry: true });
}

function viewList(
  { callable, passed, hasMore }: ListToCall,
  { workspace }: ReferenceData,
): Static<typeof callList.schema> {
  return {
    to_call: callable.length,
    passed_over: whysPassed.flatMap((why) => {
      const count = passed.get(why);
      return count ? [{ why, count }] : [];
    }),
    has_more: hasMore,
    next: callable.slice(0, SHOWN).map(({ id, name, company_name, phone }) => ({
      lead_id: typeId('lead', id),
      name,
      company_name,
      phone_display: formatPhone(phone ?? '', workspace.region),
    })),
  };
}
