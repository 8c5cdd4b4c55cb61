import { createHmac } from 'node:crypto';
import { queueForIndex } from '../leads/lead-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { emailKey } from '../platform/email.ts';
import { uuidv7 } from '../platform/ids.ts';
import { announceChange } from '../workspaces/change-store.ts';
import { addErasedKeys, hashKey } from '../workspaces/erased/erased-keys-store.ts';
import { eraseLead } from './erase-leads.ts';
import {
  addErasure,
  type Counts,
  type Erasure,
  finishErasure,
  readPrivacyKey,
  saveCounts,
  saveSubject,
  type Tombstone,
} from './erasure-store.ts';
import { searchFor } from './identifier-search.ts';
import { emptyReplay, readJournal, requestsOfLead, storeRedacted } from './journal-search-store.ts';
import { judgeRequest } from './judge-request.ts';
import { judgeRow, type Search } from './judge-row.ts';
import { type Identifier, identifiersOf, type Person } from './person.ts';
import { findSharing, readRegions } from './person-store.ts';
import { removeContents } from './retention-rows-store.ts';
import { deleteRow, isLastPage, readSearchedTable, updateRow } from './searched-rows-store.ts';
import { searchedTables } from './searched-tables.ts';

/** How far an erasure has come. */
export interface Progress {
  /** Index of the phase: leads, journal, then the other searched tables in their order. */
  phase: number;
  after?: string[] | undefined;
}

/** Begins the erasure of a person. From now on, a request from them is recognised as coming from an erased person. */
export async function beginErasure(
  tx: Tx,
  person: Person,
  { actor, keepsNotes }: { actor: string; keepsNotes: boolean },
  now: Date,
): Promise<Erasure> {
  const key = await readPrivacyKey(tx);
  const shared = await findSharing(tx, person);
  const hashes = identifiersOf(person)
    .filter((one) => !shared.some(({ kind, value }) => kind === one.kind && value === one.value))
    .map((one) => hashKey(key, one));
  const tombstone: Tombstone = {
    key: key.toString('hex'),
    hashes: identifiersOf(person).map((one) => hashKey(key, one).toString('hex')),
    remembered: hashes.map((hash) => hash.toString('hex')),
    leads: person.leads.map(({ id }) => id),
    requests: person.requests,
  };
  const erasure: Erasure = {
    id: uuidv7(now.getTime()),
    state: 'running',
    requested_at: now,
    finished_at: null,
    repeated_at: null,
    actor,
    keeps_notes: keepsNotes,
    identifiers_hash: createHmac('sha256', key).update(identifiersOf(person).map(textOf).sort().join('\n')).digest(),
    counts: {},
    subject: person,
    tombstone,
  };
  await addErasure(tx, erasure);
  await addErasedKeys(tx, hashes, now);
  await announceChange(tx);
  return erasure;
}

function textOf({ kind, value }: Identifier): string {
  return `${kind}:${value}`;
}

/** Runs one step of an erasure. A step commits on its own and may be repeated. No progress is returned at the end. */
export async function stepErasure(
  tx: Tx,
  erasure: Erasure,
  progress: Progress,
  now: Date,
): Promise<{ progress: Progress | undefined; counts: Counts }> {
  const person = erasure.subject;
  if (!person) return { progress: undefined, counts: erasure.counts };
  const search = await prepareSearch(tx, person);
  const { counts, after } = await runPhase(tx, erasure, { person, search, progress }, now);
  const total = addUp(erasure.counts, counts);
  await saveCounts(tx, erasure.id, total);
  const phase = after ? progress.phase : progress.phase + 1;
  if (phase < searchedTables.length + 2) return { progress: { phase, after }, counts: total };
  await finishErasure(tx, erasure.id, now);
  return { progress: undefined, counts: total };
}

interface PhaseWork {
  person: Person;
  search: Search;
  progress: Progress;
}

interface PhaseResult {
  counts: Counts;
  /** Where the phase continues; undefined at its end. */
  after?: string[] | undefined;
}

async function runPhase(tx: Tx, erasure: Erasure, work: PhaseWork, now: Date): Promise<PhaseResult> {
  const { person, search, progress } = work;
  if (progress.phase === 0) {
    let counts: Counts = {};
    for (const { id } of person.leads)
      counts = addUp(counts, await eraseLead(tx, id, { keepsNotes: erasure.keeps_notes, search }, now));
    return { counts };
  }
  return progress.phase === 1 ? eraseFromJournal(tx, erasure, work, now) : eraseFromPlace(tx, work);
}

async function eraseFromJournal(tx: Tx, erasure: Erasure, work: PhaseWork, now: Date): Promise<PhaseResult> {
  const { person, search, progress } = work;
  const page = await readJournal(tx, progress.after?.[0]);
  const requests = new Set(person.requests);
  const own: string[] = [];
  const counts: Record<string, number> = {};
  const former = new Set<string>();
  for (const request of page.requests) {
    const replays = page.replays.filter(({ submission_id }) => submission_id === request.id);
    const judgement = judgeRequest(request, replays, search, requests);
    if (judgement.do === 'empty') own.push(request.id);
    if (judgement.do === 'empty' && request.is_gone && request.lead_id) former.add(request.lead_id);
    if (judgement.do === 'left') counts['requests_left'] = (counts['requests_left'] ?? 0) + 1;
    if (judgement.do !== 'redact') continue;
    await storeRedacted(tx, request.id, judgement.redacted);
    for (const replay of judgement.replays) await emptyReplay(tx, replay);
    counts['mentions'] = (counts['mentions'] ?? 0) + 1;
  }
  // Includes everything else that was sent about a lead deleted earlier, such as a note without a phone.
  const fresh = [...former].filter((id) => !search.leadIds.has(id));
  for (const id of fresh) own.push(...(await requestsOfLead(tx, id)));
  if (fresh.length > 0)
    await saveSubject(tx, erasure, { ...person, leads: [...person.leads, ...fresh.map((id) => ({ id, number: 0 }))] });
  const emptied = await removeContents(tx, own, 'erasure', now);
  return {
    counts: { ...counts, ...(emptied > 0 && { requests: emptied }) },
    after: page.after ? [page.after] : undefined,
  };
}

async function eraseFromPlace(tx: Tx, { search, progress }: PhaseWork): Promise<PhaseResult> {
  const searched = searchedTables[progress.phase - 2];
  if (!searched) return { counts: {} };
  const rows = await readSearchedTable(tx, searched, progress.after);
  const changed: string[] = [];
  let removed = 0;
  for (const row of rows) {
    const judgement = judgeRow(searched, row, search);
    if (judgement.do === 'delete') {
      await deleteRow(tx, searched, row);
      removed += 1;
    }
    if (judgement.do !== 'redact') continue;
    await updateRow(tx, searched, row, judgement.texts);
    changed.push(row.lead_id ?? '');
  }
  if (searched.table === 'leads' && changed.length > 0) await queueForIndex(tx, changed, 0);
  const counts = {
    ...(removed > 0 && { [searched.table]: removed }),
    ...(changed.length > 0 && { mentions: changed.length }),
  };
  return { counts, after: isLastPage(rows) ? undefined : rows.at(-1)?.key };
}

/** Prepares the search for a person, taking into account who else has their phones and emails now. */
export async function prepareSearch(tx: Tx, person: Person): Promise<Search> {
  const regions = await readRegions(tx);
  const sharing = await findSharing(tx, person);
  const shared = new Map<string, Identifier[]>();
  for (const { lead_id, kind, value } of sharing)
    shared.set(lead_id, [...(shared.get(lead_id) ?? []), { kind, value }]);
  const emails = sharing.flatMap(({ lead_email }) => (lead_email && emailKey(lead_email)) || []);
  return {
    person,
    identifiers: searchFor(person, regions),
    leadIds: new Set(person.leads.map(({ id }) => id)),
    shared,
    sharingEmails: new Set(emails.filter((email) => !person.emails.includes(email))),
  };
}

function addUp(counts: Counts, more: Counts): Counts {
  const total: Record<string, number> = { ...counts };
  for (const [kind, count] of Object.entries(more)) total[kind] = (total[kind] ?? 0) + count;
  return total;
}
