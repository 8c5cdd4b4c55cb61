import { Buffer } from 'node:buffer';
import type { Arrival, Words } from '../src/intake/arrival.ts';
import type { Command, CreateLead, LeadDraft } from '../src/intake/command.ts';
import { type IntakeOptions, type RequestQueue, startIntake } from '../src/intake/intake.ts';
import type { Result } from '../src/intake/result.ts';
import type { Connection } from '../src/platform/database/connection.ts';
import type { Database } from '../src/platform/database/database.ts';
import { openPipelinedConnection } from '../src/platform/database/pipelined-connection.ts';
import { uuidv7 } from '../src/platform/ids.ts';
import type { Problem } from '../src/platform/problem.ts';
import type { Caller } from '../src/workspaces/access/caller.ts';
import { limitNames } from '../src/workspaces/limits/name-limits.ts';
import { openReferenceCache } from '../src/workspaces/reference-cache.ts';
import { fillWorkspace } from '../src/workspaces/workspace-store.ts';

/** Creates a workspace with default data, bypassing row-level security. */
export async function aWorkspace(
  db: Database,
  query: (text: string, params?: unknown[]) => Promise<unknown>,
  name = `w${uuidv7()}`,
): Promise<string> {
  const id = uuidv7();
  await query('INSERT INTO workspaces (id, name, folded_name) VALUES ($1, $2, $2)', [id, name]);
  await db.tx(id, fillWorkspace);
  return id;
}

/** Returns results and problems almost unchanged, so that tests can inspect them. */
const plainWords: Words = {
  answer: (result: Result) => ({ status: 200, body: shown(result) }),
  refuse: (problem: Problem) => ({ status: problem.kind === 'internal' ? 500 : 400, body: problem }),
};

function shown(result: Result): unknown {
  return result.kind === 'lead'
    ? {
        did: result.did,
        call: result.call,
        id: result.lead.id,
        number: result.lead.number,
        owner: result.lead.owner_id,
      }
    : result;
}

function aCaller(workspaceId: string, over: Partial<Caller> = {}): Caller {
  return {
    workspace_id: workspaceId,
    dialect: 'native',
    token_id: null,
    token_name: 'test',
    member_id: null,
    session_id: null,
    policy: 'merge',
    merge_style: 'fill',
    region: 'GB',
    test_mode: false,
    may_extend: true,
    tag_ids: [],
    repeats_by_content: false,
    rights: { own: true },
    visibility: undefined,
    ...over,
  };
}

export function createLead(draft: LeadDraft, over: Partial<CreateLead> = {}): CreateLead {
  return { kind: 'createLead', draft, origin: {}, ...over };
}

export interface TestIntake {
  intake: RequestQueue;
  /** Runs a command for a caller and returns the reply's body. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever was worded
  ask(command: Command, over?: Partial<Caller>, more?: Partial<Arrival>): Promise<any>;
  close(): Promise<void>;
}

/** Intake on a test database, for one workspace. */
export function testIntake(
  db: Database,
  app: Connection,
  workspaceId: string,
  mostGathered = 256,
  more: Partial<IntakeOptions> = {},
): TestIntake {
  const batchConnections = [openPipelinedConnection(app), openPipelinedConnection(app)];
  const referenceCache = openReferenceCache(db);
  const failures: string[] = [];
  const log = { error: (message: string) => failures.push(message) };
  const intake = startIntake({
    database: db,
    connections: batchConnections,
    referenceCache,
    names: limitNames(),
    log,
    mostGathered,
    ...more,
  });
  return {
    intake,
    async ask(command, over = {}, more = {}) {
      const reply = await intake.perform({
        envelope: {
          id: uuidv7(),
          method: 'POST',
          path: '/test',
          query: '',
          headers: {},
          body: Buffer.from('{}'),
          received_at: new Date(),
          address: '127.0.0.1',
        },
        caller: aCaller(workspaceId, over),
        referenceData: await referenceCache.get(workspaceId),
        request: command,
        words: plainWords,
        ...more,
      });
      if (reply.status === 500) throw new Error(failures.join('\n'));
      return JSON.parse(reply.text);
    },
    async close() {
      await intake.drained();
      await Promise.all(batchConnections.map((connection) => connection.close()));
    },
  };
}
