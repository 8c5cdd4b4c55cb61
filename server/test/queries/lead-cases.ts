import { listPossibleDuplicates } from '../../src/leads/duplicates/duplicate-store.ts';
import type { Lead } from '../../src/leads/lead.ts';
import { countByIndex, countFacet, facetNames } from '../../src/leads/list/lead-facet-store.ts';
import { countList, listLeads } from '../../src/leads/list/lead-list.ts';
import type { ListFilter } from '../../src/leads/list/lead-list-conditions.ts';
import type { LeadOrder, Position } from '../../src/leads/list/lead-list-plan.ts';
import { listLeadsByOffset, readLeads } from '../../src/leads/list/lead-list-store.ts';
import { readSort } from '../../src/leads/list/lead-sorts.ts';
import type { Tx } from '../../src/platform/database/transaction.ts';
import { makeReferenceData } from '../../src/workspaces/reference-data.ts';
import { AT, askers, type Cases, each, ID, OTHER } from './cases.ts';

/** A value for each filter: the compiler demands one for every filter that is added. */
const leadFilters: { readonly [K in keyof ListFilter]-?: NonNullable<ListFilter[K]> } = {
  type_id: ID,
  status_id: ID,
  category_id: ID,
  owner_id: ID,
  source_id: ID,
  importance: 'high',
  priority: 1,
  source_name: 'Website',
  contact: { by: 'passport', value: 'X1' },
  ids: [ID],
  status_ids: [ID],
  type_ids: [ID],
  source_ids: [ID],
  department_ids: [ID],
  tag_ids: [ID, OTHER],
  owner_ids: [ID, null],
  created_from: AT,
  created_to: AT,
  again_from: AT,
  waiting_since: AT,
  next_from: AT,
  next_to: AT,
  next_kind: 'call',
  planned: true,
  dated: true,
  amount_from: 1,
  amount_to: 2,
  newer_than: ID,
  keys: [
    { kind: 'phone', value: '+447700900123' },
    { kind: 'email', value: 'ann@example.com' },
  ],
  text: { text: 'ann', digits: [] },
  lacks: ['owner', 'phone'],
  custom: [{ name: 'Colour', values: ['red'] }],
  dialects: ['getlead'],
};

/** Filters with which a list is read in their own way, whatever the reader's visibility. */
const { ids, keys, owner_ids, lacks, text } = leadFilters;
const leading = { ids, keys, owner_ids, lacks, text };

const orders: Readonly<Record<LeadOrder, Position>> = {
  newest: { key: null, id: ID },
  oldest: { key: null, id: ID },
  next_step: { key: AT.toISOString(), id: ID },
  created: { key: AT.toISOString(), id: ID },
};
/** Ways to sort by a column, each with the key of a position to continue from. */
const sorts = { name: 'ann', '-name': 'ann', status: '1', '-updated': '1890561600', 'custom.Size': '1' };
const referenceData = makeReferenceData({} as never, {}, [{ name: 'Size', type: 'number' }]);
const sortBy = (name: string) => {
  const wanted = readSort(name);
  return 'sort' in wanted ? wanted.sort(referenceData) : undefined;
};
const limit = 50;
const order = 'newest';

export const leadCases: Cases = {
  ...each(orders, (name, after) =>
    each(askers, (who, visibility) => ({
      [`Leads, ${name}, as seen by ${who}`]: (tx) => listLeads(tx, { filter: {}, order: name, visibility, limit }),
      ...(who === 'all' && {
        [`Leads, ${name}, a further page`]: (tx) => listLeads(tx, { filter: {}, order: name, limit, after }),
      }),
    })),
  ),
  ...each(leadFilters, (name, value) => ({
    [`Leads, newest, by ${name}`]: (tx) => listLeads(tx, { filter: { [name]: value }, order, limit }),
  })),
  ...each(leading, (name, value) => ({
    [`Leads, newest, by ${name}, as seen by team`]: (tx) =>
      listLeads(tx, { filter: { [name]: value }, order, visibility: askers.team, limit }),
  })),
  ...each(sorts, (name, key) => ({
    [`Leads, newest, sorted by ${name}`]: (tx) => listLeads(tx, { filter: {}, order, sort: sortBy(name), limit }),
    [`Leads, newest, sorted by ${name}, a further page`]: (tx) =>
      listLeads(tx, { filter: {}, order, sort: sortBy(name), limit, after: { key, id: ID } }),
  })),
  'Leads, newest, sorted by -name, past those without one': (tx) =>
    listLeads(tx, { filter: {}, order, sort: sortBy('-name'), limit, after: { key: null, id: ID } }),
  'Leads, oldest, by tag_ids, a further page': (tx) =>
    listLeads(tx, { filter: { tag_ids: [ID] }, order: 'oldest', limit, after: { key: null, id: ID } }),
  ...Object.assign(
    {},
    ...facetNames.map((name) => ({
      [`Values of ${name}, counted by index`]: (tx: Tx) => countByIndex(tx, name, [ID]),
      [`Values of ${name}, counted`]: (tx: Tx) => countFacet(tx, name, { filter: {}, order }, [ID]),
      [`Values of ${name}, counted, as seen by team`]: (tx: Tx) =>
        countFacet(tx, name, { filter: { source_ids: [ID] }, order, visibility: askers.team }, [ID]),
    })),
  ),
  'Leads of some sources and statuses, by the index of statuses': (tx) =>
    readLeads(tx, { filter: { status_ids: [ID], source_ids: [ID] }, order, limit, byStatus: true }),
  'Leads by next step, of one kind': (tx) =>
    listLeads(tx, { filter: { next_kind: 'call', next_to: AT }, order: 'next_step', limit }),
  'Leads of a day long ago': (tx) =>
    listLeads(tx, { filter: { created_from: AT, created_to: AT }, order: 'created', limit }),
  'Leads that hold a text too common for its index': (tx) =>
    readLeads(tx, { filter: {}, order, visibility: askers.team, patterns: ['%a%'], most: 2_000, limit }),
  ...each(askers, (who, visibility) => ({
    [`Count of leads, as seen by ${who}`]: (tx) => countList(tx, { filter: {}, order, visibility }),
    [`Count of leads without a reply, as seen by ${who}`]: (tx) =>
      countList(tx, { filter: { status_ids: [ID], waiting_since: AT }, order, visibility }),
    [`Count of leads that hold a text, as seen by ${who}`]: (tx) =>
      countList(tx, { filter: { text: leadFilters.text }, order, visibility }),
    [`Possible duplicates of a lead, as seen by ${who}`]: (tx) =>
      listPossibleDuplicates(tx, { id: ID, contact_id: null } as Lead, visibility),
  })),
  'Leads by position, for dialects': (tx) =>
    listLeadsByOffset(
      tx,
      { status_id: ID, source_name: 'Website', priority: 1 },
      { limit, offset: 100, visibility: undefined },
    ),
  'Leads about a contact by position': (tx) =>
    listLeadsByOffset(tx, { contact: { by: 'id', id: ID } }, { limit, offset: 0, visibility: undefined }),
};
