import type { CallEnding, LifecycleState, ListKind } from './reference-data.ts';

/**
 * Contents of a new workspace, chosen so that all examples in the five vendors' documentation work without any setup.
 */
export const firstStatuses: readonly {
  name: string;
  code: string;
  state: LifecycleState;
  colour: string;
  description: string;
}[] = [
  { name: 'New', code: 'N', state: 'new', colour: 'new', description: 'Just arrived' },
  { name: 'Contacted', code: 'C', state: 'open', colour: 'contacted', description: 'Spoken with' },
  { name: 'Hot', code: 'H', state: 'open', colour: 'proposal', description: 'Likely to buy soon' },
  { name: 'Qualified', code: 'Q', state: 'open', colour: 'qualified', description: 'Need and budget known' },
  { name: 'Won', code: 'W', state: 'won', colour: 'won', description: 'Became a customer' },
  { name: 'Lost', code: 'L', state: 'lost', colour: 'lost', description: 'Will not buy' },
  { name: 'Cancelled', code: 'X', state: 'cancelled', colour: 'neutral', description: 'Withdrawn by its sender' },
];

/** The first one is the default where a type is required. */
export const firstLeadTypes = ['Sales', 'Support'] as const;
export const firstDepartments = ['Sales', 'Support'] as const;
export const firstSources = ['Website', 'Campaign', 'Partner', 'Phone', 'Other'] as const;

export const firstLists: Readonly<Partial<Record<ListKind, readonly (readonly [name: string, code?: string])[]>>> = {
  category: [['General'], ['Residential'], ['Business']],
  lost_reason: [['Price'], ['Competitor'], ['No interest'], ['No answer'], ['Not reachable']],
  group: [['Sales'], ['Support']],
  privacy_level: [['Public'], ['Private']],
  competitor: [['Other provider']],
  product_type: [['Services'], ['Goods']],
  product: [
    ['Basic', 'BASIC'],
    ['Premium', 'PREMIUM'],
  ],
  service: [['Internet 100', 'NET100']],
  physical_good: [['Router', 'ROUTER']],
  subscription_package: [['Home', 'HOME']],
  task_category: [
    ['Normal task', '1'],
    ['Call task', '2'],
  ],
  deal_stage: [['Open'], ['Proposal'], ['Negotiation'], ['Won'], ['Lost']],
  country: [
    ['United Kingdom', 'GB'],
    ['India', 'IN'],
    ['Cyprus', 'CY'],
    ['United States', 'US'],
  ],
};

/** `status` and `lost_reason` are names from the lists above. */
export const firstCallOutcomes: readonly (Pick<CallEnding, 'name' | 'meaning' | 'reached'> &
  Partial<Pick<CallEnding, 'retry_minutes' | 'max_attempts' | 'asks_next_step'>> & {
    status?: string;
    lost_reason?: string;
  })[] = [
  { name: 'Interested', meaning: 'done', reached: true, status: 'Contacted', asks_next_step: true },
  { name: 'Call back', meaning: 'callback', reached: true, status: 'Contacted' },
  { name: 'No answer', meaning: 'retry', reached: false, retry_minutes: 120, max_attempts: 5 },
  { name: 'Not interested', meaning: 'done', reached: true, status: 'Lost', lost_reason: 'No interest' },
  { name: 'Wrong number', meaning: 'done', reached: false, asks_next_step: true },
  { name: 'Do not call', meaning: 'do_not_call', reached: true },
];

/** State of a deal stage by its name; other names are open. */
export const stageMeanings: Readonly<Record<string, { state: 'open' | 'won' | 'lost'; probability: number }>> = {
  Open: { state: 'open', probability: 20 },
  Proposal: { state: 'open', probability: 50 },
  Negotiation: { state: 'open', probability: 75 },
  Won: { state: 'won', probability: 100 },
  Lost: { state: 'lost', probability: 0 },
};

/** Saved views of a new workspace: the name, and the query string of the list of leads. */
export const firstViews: readonly (readonly [name: string, query: string])[] = [
  ['My open', 'owner=me&state=new,open'],
  ['Unassigned', 'owner=none&state=new,open'],
  ['Waiting > 5 min', 'waiting=5'],
  ['Callbacks due', 'next=callback'],
  ['New today', 'created=today'],
  ['Enquired again', 'enquired_again=30d'],
];
