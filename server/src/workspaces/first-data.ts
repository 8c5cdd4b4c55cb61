import type { LifecycleState, ListKind } from './book.ts';

/** What a new workspace starts with, so that every example of the five vendors' pages works at once. */
export const firstStatuses: readonly { name: string; code: string; state: LifecycleState; description: string }[] = [
  { name: 'New', code: 'N', state: 'new', description: 'Just arrived' },
  { name: 'Contacted', code: 'C', state: 'open', description: 'Spoken with' },
  { name: 'Hot', code: 'H', state: 'open', description: 'Likely to buy soon' },
  { name: 'Qualified', code: 'Q', state: 'open', description: 'Need and budget known' },
  { name: 'Won', code: 'W', state: 'won', description: 'Became a customer' },
  { name: 'Lost', code: 'L', state: 'lost', description: 'Will not buy' },
  { name: 'Cancelled', code: 'X', state: 'cancelled', description: 'Withdrawn by its sender' },
];

/** The first one takes what says no type where a type is due. */
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
