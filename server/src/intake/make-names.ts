import type { Database } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { lockInWorkspace } from '../platform/database/workspace-lock-store.ts';
import { fold } from '../platform/fold/fold.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import type { NameLimits } from '../workspaces/limits/name-limits.ts';
import { callerKey } from '../workspaces/limits/request-rates.ts';
import {
  addWaitingName,
  loadNewNames,
  markByRequest,
  type NameSender,
  takeNames,
} from '../workspaces/reference/new-name-store.ts';
import { type NamedKind, type NewNames, namedKinds } from '../workspaces/reference/new-names.ts';
import { addCustomFields, addListItem, addSource, addStatus } from '../workspaces/reference/reference-store.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Allowed } from './allow.ts';
import type { Arrival } from './arrival.ts';
import type { Command, Named } from './command.ts';

/** Longest name of an item that a request may create. */
export const LONGEST_NAME = 100;

/** Names in a request that the workspace does not have. */
export interface MissingNames extends Partial<Record<NamedKind, string>> {
  custom: readonly string[];
}

export interface NameOptions {
  database: Database;
  referenceCache: ReferenceCache;
  names: NameLimits;
}

/** Creates the status or deal stage that a command names, or adds it to the names waiting for approval. */
export async function createNamesOf(command: Allowed, arrival: Arrival, options: NameOptions): Promise<void> {
  const [kind, named] = namedBy(command);
  if (arrival.caller.test_mode || !kind || !named || !('make' in named) || named.make.length > LONGEST_NAME) return;
  if (findItem(arrival.referenceData, kind, named.make)) return;
  await createNames(arrival, { [kind]: named.make, custom: [] }, options);
}

function namedBy(command: Command): [kind?: 'status' | 'deal_stage', named?: Named] {
  if (command.kind === 'changeStatus') return ['status', command.status];
  return command.kind === 'addDeal' ? ['deal_stage', command.stage] : [];
}

/** The item with this name, or the one that the name was merged into. */
export function findItem<K extends NamedKind>(referenceData: ReferenceData, kind: K, name: string) {
  return (
    referenceData.find(kind, { by: 'name', value: name }) ??
    referenceData.get(kind, referenceData.newNames.find(kind, fold(name))?.means)
  );
}

/**
 * Creates names within the limits. Requests may create only a few items until somebody approves them; further names
 * wait for approval. Items that members create by hand have separate limits, which requests cannot use up.
 */
export async function createNames(arrival: Arrival, missing: MissingNames, options: NameOptions): Promise<void> {
  const { caller, referenceData, envelope } = arrival;
  const work = new NameWork(caller, envelope.received_at, options.names);
  if (!work.isPossible(missing, referenceData)) return;
  await options.database.tx(caller.workspace_id, (tx) => work.create(tx, missing), { retry: true });
  arrival.referenceData = await options.referenceCache.renew(caller.workspace_id);
}

/** Whether the caller is a member in the web app, rather than a token or a client of another API. */
export function isPerson({
  dialect,
  token_id,
  member_id,
}: Pick<Caller, 'dialect' | 'token_id' | 'member_id'>): boolean {
  return dialect === 'native' && token_id === null && member_id !== null;
}

/** The creation of names for one request. */
class NameWork {
  private readonly caller: Caller;
  private readonly sender: NameSender;
  private readonly names: NameLimits;

  constructor(caller: Caller, at: Date, names: NameLimits) {
    this.caller = caller;
    this.sender = { sender_id: callerKey(caller), token_id: caller.token_id, dialect: caller.dialect, at };
    this.names = names;
  }

  /** Checks the data in memory, so that a flood of names beyond the limits costs no transaction. */
  isPossible(missing: MissingNames, { all, newNames: known }: ReferenceData): boolean {
    if (isPerson(this.caller))
      return namedKinds.every((kind) => all(kind).length - known.unapproved[kind] < this.names.figures.names_by_people);
    const mayWait = known.waiting < this.names.figures.waiting_names && !this.isUsedUp('waiting_name');
    const isNew = (kind: NamedKind) => missing[kind] !== undefined && !known.find(kind, fold(missing[kind]));
    const mayBring = (kind: NamedKind) => isNew(kind) && (mayWait || known.unapproved[kind] < this.most(kind));
    const mayAddFields =
      missing.custom.length > 0 &&
      this.caller.may_extend &&
      known.fieldsByRequest < this.names.figures.fields_by_requests &&
      !this.isUsedUp('custom_field');
    return mayAddFields || namedKinds.some(mayBring);
  }

  async create(tx: Tx, missing: MissingNames): Promise<void> {
    // Lock first, so that the counts stay true until the commit.
    await lockInWorkspace(tx, 'names');
    const known = await loadNewNames(tx);
    for (const kind of namedKinds) {
      const name = missing[kind];
      if (name === undefined) continue;
      if (isPerson(this.caller)) await add(tx, kind, name);
      else if (known.find(kind, fold(name))) continue;
      else if (known.unapproved[kind] < this.most(kind)) await markByRequest(tx, kind, await add(tx, kind, name));
      else await this.letWait(tx, kind, name, known);
    }
    if (missing.custom.length > 0) await this.addFields(tx, missing.custom, known);
  }

  private async letWait(tx: Tx, kind: NamedKind, name: string, known: NewNames): Promise<void> {
    const { waiting_names, waiting_of_token } = this.names.figures;
    if (known.waiting >= waiting_names) return;
    if ((await takeNames(tx, this.sender, 'waiting_name', 1, waiting_of_token)) === 0) this.noteUsedUp('waiting_name');
    else await addWaitingName(tx, kind, name, this.sender);
  }

  private async addFields(tx: Tx, custom: readonly string[], known: NewNames): Promise<void> {
    const { fields_by_requests, fields_of_token, names_by_people } = this.names.figures;
    if (!this.caller.may_extend) return;
    const byPerson = isPerson(this.caller);
    const room = byPerson ? names_by_people - known.fieldsByPeople : fields_by_requests - known.fieldsByRequest;
    const wanted = Math.min(custom.length, Math.max(0, room));
    if (wanted === 0) return;
    const taken = byPerson ? wanted : await takeNames(tx, this.sender, 'custom_field', wanted, fields_of_token);
    if (taken === 0) this.noteUsedUp('custom_field');
    else await addCustomFields(tx, custom.slice(0, taken), { madeBy: this.caller.dialect, byRequest: !byPerson });
  }

  private most(kind: NamedKind): number {
    const { sources_by_requests, statuses_by_requests } = this.names.figures;
    return kind === 'source' ? sources_by_requests : statuses_by_requests;
  }

  private isUsedUp(what: 'custom_field' | 'waiting_name'): boolean {
    return this.names.isUsedUp({ ...this.sender, workspace_id: this.caller.workspace_id, what });
  }

  private noteUsedUp(what: 'custom_field' | 'waiting_name'): void {
    this.names.noteUsedUp({ ...this.sender, workspace_id: this.caller.workspace_id, what });
  }
}

function add(tx: Tx, kind: NamedKind, name: string): Promise<string> {
  if (kind === 'source') return addSource(tx, name);
  return kind === 'status' ? addStatus(tx, name, 'open') : addListItem(tx, kind, name);
}
