import type { Tx } from '../../platform/database/transaction.ts';
import { countLeads } from '../lead-store.ts';
import type { LeadQuestion } from './lead-list-plan.ts';
import { countMatching, type LeadPage, type PageQuestion, readLeads } from './lead-list-store.ts';
import { countSearched, searchLeads } from './lead-search-store.ts';

/** Counting stops at this many leads. */
const MOST_COUNTED = 10_000;

/** Where leads without a due date begin: after all those that have one, newest first. */
const undated = { key: null, id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

export async function listLeads(tx: Tx, question: PageQuestion): Promise<LeadPage> {
  if (question.sort || question.order !== 'next_step') return readOrSearch(tx, question);
  const { limit, after } = question;
  if (after && after.key === null) return listUndated(tx, question);
  const dated = await readOrSearch(tx, question);
  if (dated.next || hasDate(question)) return dated;
  if (dated.leads.length === limit) return { ...dated, next: undated };
  const more = await listUndated(tx, { ...question, limit: limit - dated.leads.length, after: undated });
  return { leads: [...dated.leads, ...more.leads], next: more.next };
}

/** Counts leads up to MOST_COUNTED. The total without any filter comes from a counter. */
export async function countList(tx: Tx, question: LeadQuestion): Promise<{ count: number; exact: boolean }> {
  const { text, ...filter } = question.filter;
  if (text) return countSearched(tx, { ...question, filter }, text, MOST_COUNTED);
  if (question.visibility || Object.keys(filter).length > 0) return countMatching(tx, question, MOST_COUNTED);
  return { count: await countLeads(tx), exact: true };
}

function readOrSearch(tx: Tx, question: PageQuestion): Promise<LeadPage> {
  const { text, ...filter } = question.filter;
  return text ? searchLeads(tx, { ...question, filter }, text) : readLeads(tx, question);
}

function listUndated(tx: Tx, question: PageQuestion): Promise<LeadPage> {
  return readOrSearch(tx, { ...question, order: 'newest', filter: { ...question.filter, dated: false } });
}

function hasDate({ filter }: PageQuestion): boolean {
  return filter.next_from !== undefined || filter.next_to !== undefined;
}
