import type { Tx } from '../platform/database/transaction.ts';
import { operatorError } from '../platform/operator-error.ts';
import { openStore, type Store, type StoreOptions } from '../store.ts';
import { type AuditAction, audit } from '../workspaces/audit/audit-store.ts';
import { announceChange } from '../workspaces/change-store.ts';
import { firstRun } from '../workspaces/first-run.ts';
import { findWorkspace } from '../workspaces/workspace-store.ts';
import type { Call } from './command.ts';
import { optional } from './command.ts';
import { listWorkspaces } from './workspace-list-store.ts';

/** The workspace that a command works on when it names none, and a first start makes. */
const FIRST_WORKSPACE = 'default';

/** The option of all commands that work on one workspace. */
export const workspaceOption = { workspace: { type: 'string' } } as const;

/** Opens the store for a command that only looks, and lets go of it whatever happens. */
export async function inStore<T>(
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

/** As `inStore`, for a command that changes something: what a first start of the server makes is made when missing. */
export async function inReadyStore<T>(call: Call, work: (store: Store) => Promise<T>): Promise<T> {
  const ready = async (store: Store) => {
    const first = await firstRun(store.owner, { region: call.config.defaultRegion, kinds: [], now: call.now });
    if (first)
      call.screen.warn('Made the workspace "default". "leadwell link" gives a link by which its owner signs in.');
    return work(store);
  };
  return inStore(call, ready, { create: true, schema: 'make' });
}

/** One transaction in the workspace that the command names, in a store that is only looked at. */
export async function lookInto<T>(call: Call, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inStore(call, async (store) => store.app.tx((await workspaceOf(call, store)).id, work));
}

/** One transaction in the workspace that the command names, whose name `work` is told; a running server hears of the change. */
export async function changeIn<T>(call: Call, work: (tx: Tx, workspace: string) => Promise<T>): Promise<T> {
  return inReadyStore(call, async (store) => {
    const { id, name } = await workspaceOf(call, store);
    return store.app.tx(id, async (tx) => {
      const result = await work(tx, name);
      await announceChange(tx);
      return result;
    });
  });
}

/** Writes into the audit log what a command does, in the transaction that does it. Nothing secret belongs into it. */
export async function recordByCli(
  tx: Tx,
  { now }: Call,
  action: AuditAction,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  await audit(tx, { actor: 'cli', action, detail }, now);
}

/** The workspace that the command names; the only one there is, when it names none. */
export async function workspaceOf(call: Call, store: Store): Promise<{ id: string; name: string }> {
  const named = optional(call, 'workspace');
  const name = named ?? FIRST_WORKSPACE;
  const id = await store.app.global((tx) => findWorkspace(tx, name));
  if (id) return { id, name };
  const all = named === undefined ? await store.owner.global(listWorkspaces) : [];
  if (all.length === 1 && all[0]) return all[0];
  const what = named === undefined ? 'There are several workspaces; name one.' : `There is no workspace "${named}".`;
  throw operatorError(`${what} "leadwell workspace list" names them all.`);
}
