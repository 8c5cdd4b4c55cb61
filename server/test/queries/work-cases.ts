import type { BoardKind } from '../../src/board/board-query.ts';
import { listCards, resolveFilter } from '../../src/board/board-store.ts';
import { type CardSort, cardSorts, type Position } from '../../src/board/card-orders.ts';
import { countCards } from '../../src/board/count-cards-store.ts';
import { type CallFilter, listCalls } from '../../src/calls/call-store.ts';
import { countDay, countQueue } from '../../src/calls/figures-store.ts';
import { readListed } from '../../src/calls/lists/call-list-store.ts';
import { dueOfRank, findOffer, upcoming, waitingRanks } from '../../src/calls/queue-store.ts';
import { type DealFilter, type DealOrder, listDeals, sumDeals } from '../../src/deals/deal-list-store.ts';
import { sumLeads } from '../../src/leads/sums/lead-sum-store.ts';
import { countCallsDue, countRefused, countTasksDue } from '../../src/my-day/badge-store.ts';
import { countAchieved, listCallbacks, listWaitingLeads } from '../../src/my-day/my-day-store.ts';
import { countDue, listTasks, type TaskFilter, type TaskOrder } from '../../src/tasks/task-list-store.ts';
import { AT, askers, type Cases, each, ID } from './cases.ts';

const limit = 50;

const dealFilters: { readonly [K in keyof Required<DealFilter>]: DealFilter[K] } = {
  stage_ids: [ID],
  owner_id: ID,
  lead_id: ID,
  text: 'ann',
  closes_by: '2031-03-12',
  closed_from: '2031-03-12',
  closed_to: '2031-03-12',
  visibility: askers.team,
};
const dealOrders: Readonly<Record<DealOrder, string>> = { newest: '', close_date: '2031-03-12', amount: '10' };

export const dealCases: Cases = {
  ...each(dealOrders, (order, key) => ({
    [`Deals, ${order}`]: (tx) => listDeals(tx, order, {}, limit),
    [`Deals, ${order}, a further page`]: (tx) => listDeals(tx, order, {}, limit, { key, id: ID }),
  })),
  ...each(dealFilters, (name, value) => ({
    [`Deals, newest, by ${name}`]: (tx) => listDeals(tx, 'newest', { [name]: value }, limit),
  })),
  ...each(dealFilters, (name, value) => ({
    [`Sums of deals by ${name}`]: (tx) => sumDeals(tx, { [name]: value }, '2031-03-01'),
  })),
  'Sums of leads by status': (tx) => sumLeads(tx, {}, undefined),
  'Sums of leads by status, as seen by team': (tx) => sumLeads(tx, { source_ids: [ID] }, askers.team),
  'Deals, newest, of nobody': (tx) => listDeals(tx, 'newest', { owner_id: null }, limit),
  ...each(askers, (who, visibility) => ({
    [`Deals that hold a short word, as seen by ${who}`]: (tx) =>
      listDeals(tx, 'newest', { text: 'a', visibility }, limit),
    [`Sums of deals by stage, as seen by ${who}`]: (tx) => sumDeals(tx, { visibility }, '2031-03-01'),
    [`Sums of deals that hold a text, as seen by ${who}`]: (tx) =>
      sumDeals(tx, { text: 'ann', visibility }, '2031-03-01'),
  })),
};

const taskFilters: { readonly [K in keyof Required<TaskFilter>]: TaskFilter[K] } = {
  assignee_id: ID,
  lead_id: ID,
  category: 'call',
  from: AT,
  until: AT,
  visibility: askers.team,
};
const taskOrders: Readonly<Record<TaskOrder, string>> = { newest: '', due: AT.toISOString(), done: AT.toISOString() };

export const taskCases: Cases = {
  ...each(taskOrders, (order, key) => ({
    ...each(askers, (who, visibility) => ({
      [`Tasks, ${order}, as seen by ${who}`]: (tx) => listTasks(tx, order, { visibility }, limit),
    })),
    [`Tasks, ${order}, a further page`]: (tx) => listTasks(tx, order, {}, limit, { key, id: ID }),
  })),
  ...each(taskFilters, (name, value) => ({
    [`Tasks, due, by ${name}`]: (tx) => listTasks(tx, 'due', { [name]: value }, limit),
  })),
  'Tasks, due, within a span': (tx) => listTasks(tx, 'due', { from: AT, until: AT }, limit),
  'Tasks, due, of nobody': (tx) => listTasks(tx, 'due', { assignee_id: null }, limit),
  'Tasks of a lead, as seen by team': (tx) => listTasks(tx, 'due', { lead_id: ID, visibility: askers.team }, limit),
  'Tasks of a member, as seen by that member': (tx) =>
    listTasks(tx, 'due', { assignee_id: ID, visibility: askers.own }, limit),
  ...each(askers, (who, visibility) => ({
    [`Count of tasks due, as seen by ${who}`]: (tx) => countDue(tx, { visibility }, { now: AT, endOfDay: AT }, limit),
  })),
};

const callFilters: { readonly [K in keyof Required<CallFilter>]: CallFilter[K] } = {
  after: ID,
  leadId: ID,
  state: 'pending',
  visibility: askers.team,
};

export const callCases: Cases = {
  ...each(callFilters, (name, value) => ({ [`Calls by ${name}`]: (tx) => listCalls(tx, limit, { [name]: value }) })),
  'Ranks of waiting calls': (tx) => waitingRanks(tx),
  ...each(askers, (who, visibility) => ({
    [`Due calls of a rank, as seen by ${who}`]: (tx) => dueOfRank(tx, 1, { now: AT, visibility }, limit),
    [`Due calls of a rank and a type, as seen by ${who}`]: (tx) =>
      dueOfRank(tx, 1, { now: AT, visibility, typeId: ID }, limit),
    [`Calls that wait for their time, as seen by ${who}`]: (tx) => upcoming(tx, { now: AT, visibility }, limit),
    [`A call by its id, as seen by ${who}`]: (tx) => findOffer(tx, { callId: ID }, { now: AT, visibility }),
    [`Leads of a list to call, as seen by ${who}`]: (tx) =>
      readListed(tx, [ID], { now: AT, calledSince: AT, skippedSince: AT }, visibility),
    [`Figures of the queue, as seen by ${who}`]: (tx) => countQueue(tx, { now: AT, visibility }),
  })),
  'The waiting call of a lead': (tx) => findOffer(tx, { leadId: ID }, { now: AT }),
  'Calls of a day by member': (tx) => countDay(tx, AT),
};

const kinds: Readonly<Record<BoardKind, true>> = { status: true, deal_stage: true };
const sorts = Object.fromEntries(cardSorts.map((sort) => [sort, sort])) as Readonly<Record<CardSort, CardSort>>;
const column = (kind: BoardKind) =>
  ({ kind, filter: {}, columnId: ID, sort: 'next_step', isOfClosedDeals: false }) as const;
/** A position in each band of a column. */
const places: Readonly<Record<string, Position>> = {
  'due until the end of today': { band: 0, at: AT.toISOString(), id: ID },
  'without a next step': { band: 1, at: null, id: ID },
  'planned for later': { band: 2, at: AT.toISOString(), id: ID },
};

export const boardCases: Cases = each(kinds, (kind) => ({
  ...each(askers, (who, visibility) => ({
    [`Cards of a ${kind}, as seen by ${who}`]: (tx) =>
      listCards(tx, { ...column(kind), visibility }, { dayEnd: AT, limit }),
    [`Count and sum of a ${kind}, as seen by ${who}`]: (tx) => countCards(tx, { ...column(kind), visibility }),
    [`Leads of a ${kind} by what no index answers, as seen by ${who}`]: (tx) =>
      resolveFilter(tx, { ...column(kind), filter: { lacks: ['phone'], dialects: ['getlead'] }, visibility }),
  })),
  ...each(places, (band, after) => ({
    [`Further cards of a ${kind}, ${band}`]: (tx) =>
      listCards(tx, { ...column(kind), filter: { owner_ids: [ID] } }, { dayEnd: AT, limit, after }),
  })),
  ...each(sorts, (sort) => ({
    [`Cards of a ${kind}, ${sort}`]: (tx) => listCards(tx, { ...column(kind), sort }, { dayEnd: AT, limit }),
  })),
  [`Cards of a ${kind}, closed lately`]: (tx) =>
    listCards(tx, { ...column(kind), isOfClosedDeals: true, closedSince: '2031-03-01' }, { dayEnd: AT, limit }),
  [`Cards of a ${kind}, by status`]: (tx) =>
    listCards(tx, { ...column(kind), filter: { status_ids: [ID] } }, { dayEnd: AT, limit }),
}));

const day = { memberId: ID, today: '2031-03-12', now: AT, start: AT, end: AT };

export const myDayCases: Cases = {
  'Leads that wait for a first reply': (tx) => listWaitingLeads(tx, ID, [ID], 'first reply', limit),
  'Leads without a next step': (tx) => listWaitingLeads(tx, ID, [ID], 'next step', limit),
  'Callbacks of the day': (tx) => listCallbacks(tx, day, limit),
  'What the member achieved': (tx) => countAchieved(tx, day, [ID]),
  ...each(askers, (who, visibility) => ({
    [`Badge of calls due, as seen by ${who}`]: (tx) => countCallsDue(tx, AT, visibility),
  })),
  'Badge of tasks due': (tx) => countTasksDue(tx, ID, AT),
  'Badge of the quarantine': (tx) => countRefused(tx, 'refused'),
};
