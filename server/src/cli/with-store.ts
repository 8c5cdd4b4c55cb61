import type { Tx } from '../platform/database/transaction.ts';
import { operatorError } from '../platform/operator-error.ts';
import { type DataStore, openPlace, openStore, type Store, type StoreOptions } from '../store.ts';
import { type AuditAction, audit } from '../workspaces/audit/audit-store.ts';
import { announceChange } from '../workspaces/change-store.ts';
import { firstRun } from '../workspaces/first-run.ts';
import { findWorkspaces } from '../workspaces/workspace-store.ts';
import type { Call } from './command.ts';
import { optionalText } from './command.ts';
import { listWorkspaces } from './workspace-list-store.ts';

/** The workspace created on first start, and the default for commands. */
const FIRST_WORKSPACE = 'default';

/** Opens the data for a command whatever its schema is, and always closes it again. */
export async function withPlace<T>(
  { config }: Call,
  work: (place: DataStore) => Promise<T>,
  options: { create?: boolean } = {},
): Promise<T> {
  const place = await openPlace(config, options);
  try {
    return await work(place);
  } finally {
    await place.close();
  }
}

/** Opens the store for a command that only reads, and always closes it again. */
export async function withStore<T>(
  call: Call,
  work: (store: Store) => Promise<T>,
  options: StoreOptions = {},
): Promise<T> {
  const store = await openStore(call.config, options);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Like `withStore`, for commands that change something: sets up a new store first. */
export async function withReadyStore<T>(call: Call, work: (store: Store) => Promise<T>): Promise<T> {
  const ready = async (store: Store) => {
    const first = await firstRun(store.owner, { region: call.config.defaultRegion, kinds: [], now: call.now });
    if (first)
      call.screen.warn(
        'Created the workspace "default". Run "leadwell link" for a link with which its owner can sign in.',
      );
    return work(store);
  };
  return withStore(call, ready, { create: true, schema: 'make' });
}

/** Opens the store, as `withStore` does, for a command that works on one workspace. */
export function withWorkspace<T>(call: Call, work: (store: Store, workspaceId: string) => Promise<T>): Promise<T> {
  return withStore(call, async (store) => work(store, (await workspaceOf(call, store)).id));
}

/** Runs a transaction that only reads, in the command's workspace. */
export function readWorkspace<T>(call: Call, work: (tx: Tx) => Promise<T>): Promise<T> {
  return withWorkspace(call, (store, id) => store.app.tx(id, work));
}

/** Runs a transaction in the command's workspace and notifies running servers of the change. */
export async function changeWorkspace<T>(call: Call, work: (tx: Tx, workspace: string) => Promise<T>): Promise<T> {
  return withReadyStore(call, async (store) => {
    const { id, name } = await workspaceOf(call, store);
    return store.app.tx(id, async (tx) => {
      const result = await work(tx, name);
      await announceChange(tx);
      return result;
    });
  });
}

/** Records a command in the audit log, within its transaction. The detail must contain no secrets. */
export async function recordByCli(
  tx: Tx,
  { now }: Call,
  action: AuditAction,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  await audit(tx, { actor: 'cli', action, detail }, now);
}

/** The workspace named by the command; otherwise the default workspace, or the only one there is. */
export async function workspaceOf(call: Call, store: Store): Promise<{ id: string; name: string }> {
  const named = optionalText(call, 'workspace');
  const name = named ?? FIRST_WORKSPACE;
  const [id, ...more] = await store.app.global((tx) => findWorkspaces(tx, name));
  if (id && more.length > 0)
    throw operatorError(
      `Several workspaces are named "${name}"; give the id instead. "leadwell workspace list" shows all of them.`,
    );
  if (id) return { id, name };
  const all = named === undefined ? await store.owner.global(listWorkspaces) : [];
  if (all.length === 1 && all[0]) return all[0];
  const what =
    named === undefined
      ? 'There are several workspaces; choose one with --workspace.'
      : `There is no workspace "${named}".`;
  throw operatorError(`${what} "leadwell workspace list" shows all of them.`);
}
