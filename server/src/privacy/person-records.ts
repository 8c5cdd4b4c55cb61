import type { Database } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { countOfLead } from './erase-leads-store.ts';
import { prepareSearch } from './erasure.ts';
import { type FoundPerson, findPerson, type PersonRef } from './find-person.ts';
import { readJournal, type StoredRequest } from './journal-search-store.ts';
import { judgeRequest } from './judge-request.ts';
import { judgeRow, type Search } from './judge-row.ts';
import { isLastPage, readSearchedTable } from './searched-rows-store.ts';
import { searchedTables } from './searched-tables.ts';

/** What is held about a person. */
export interface PersonRecords extends FoundPerson {
  /** Number of records by kind; `mentions` counts records of others that mention the person's phone or email. */
  counts: Record<string, number>;
  /** The person's newest requests that still have their contents. */
  requests: Pick<StoredRequest, 'id' | 'received_at' | 'method' | 'path' | 'outcome'>[];
  /** Whether everything was searched before the time was up. */
  complete: boolean;
}

const MOST_REQUESTS = 100;

/**
 * Collects what is held about a person, page by page, each in its own transaction, until `deadline` (ms since 1970).
 * Changes nothing.
 */
export async function collectPersonRecords(
  database: Database,
  workspaceId: string,
  ref: PersonRef,
  deadline: number,
): Promise<PersonRecords | Problem> {
  const started = await database.tx(workspaceId, async (tx) => {
    const found = await findPerson(tx, ref);
    return isProblem(found)
      ? found
      : { found, counts: await countLeads(tx, found), search: await prepareSearch(tx, found.person) };
  });
  if (isProblem(started)) return started;
  const { found, counts, search } = started;
  const records: PersonRecords = { ...found, counts, requests: [], complete: false };
  const add = (kind: string) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  };
  const isLate = () => Date.now() > deadline;
  records.complete =
    (await pages(isLate, (after) =>
      database.tx(workspaceId, (tx) => searchJournal(tx, after, search, records, add)),
    )) &&
    (await searchPlaces(isLate, (at, after) =>
      database.tx(workspaceId, (tx) => searchPlace(tx, at, after, search, add)),
    ));
  return records;
}

async function countLeads(tx: Tx, { person }: FoundPerson): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { id } of person.leads)
    for (const [kind, count] of Object.entries(await countOfLead(tx, id))) counts[kind] = (counts[kind] ?? 0) + count;
  return counts;
}

/** Reads page after page; false if the time was up before the last. */
async function pages(
  isLate: () => boolean,
  read: (after: string[]) => Promise<string[] | undefined>,
): Promise<boolean> {
  for (let after: string[] | undefined = []; after; after = await read(after)) if (isLate()) return false;
  return true;
}

async function searchPlaces(
  isLate: () => boolean,
  read: (at: number, after: string[]) => Promise<string[] | undefined>,
): Promise<boolean> {
  for (const at of searchedTables.keys()) if (!(await pages(isLate, (after) => read(at, after)))) return false;
  return true;
}

async function searchJournal(
  tx: Tx,
  after: string[],
  search: Search,
  records: PersonRecords,
  add: (kind: string) => void,
): Promise<string[] | undefined> {
  const page = await readJournal(tx, after[0]);
  const known = new Set(search.person.requests);
  for (const request of page.requests) {
    const replays = page.replays.filter(({ submission_id }) => submission_id === request.id);
    const judgement = judgeRequest(request, replays, search, known);
    if (judgement.do === 'redact') add('mentions');
    if (judgement.do === 'left') add('requests_left');
    if (judgement.do !== 'empty') continue;
    add('requests');
    const { id, received_at, method, path, outcome } = request;
    records.requests = [{ id, received_at, method, path, outcome }, ...records.requests].slice(0, MOST_REQUESTS);
  }
  return page.after ? [page.after] : undefined;
}

async function searchPlace(
  tx: Tx,
  at: number,
  after: string[],
  search: Search,
  add: (kind: string) => void,
): Promise<string[] | undefined> {
  const searched = searchedTables[at];
  if (!searched) return undefined;
  const rows = await readSearchedTable(tx, searched, after.length > 0 ? after : undefined);
  for (const row of rows) {
    const isOwn = row.lead_id !== null && search.leadIds.has(row.lead_id);
    const judgement = judgeRow(searched, row, search);
    if (judgement.do === 'delete') add(searched.table);
    // Rows that belong to the person's leads have been counted already.
    if (judgement.do === 'redact' && !isOwn) add('mentions');
  }
  return isLastPage(rows) ? undefined : rows.at(-1)?.key;
}
