import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { endpointLines } from '../../test/access/table.ts';
import { testDatabase } from '../../test/database.ts';
import { testKeyring } from '../../test/world.ts';
import { buildApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { openDatabase } from '../platform/database/database.ts';
import { openServerContext } from '../server-context.ts';
import { tokenKinds } from '../token-kinds.ts';
import { firstRun } from '../workspaces/first-run.ts';
import { allDialects } from './all-dialects.ts';
import type { ExchangeReply, ExchangeRequest } from './conformance/exchange.ts';
import { readScenarios } from './conformance/read-exchanges.ts';
import { describeFailure, runScenario } from './conformance/run-exchange.ts';

const scenarios = allDialects.flatMap(({ name }) => readScenarios(name).map((one) => [name, one.title, one] as const));

test.each(scenarios)('%s: %s', async (dialect, _title, scenario) => {
  const { port, tokens, faults, stop } = await freshServer();
  const failures = await runScenario(scenario, (request) => send(port, request), { dialect, tokens });
  await stop();
  expect([...failures.map(describeFailure), ...faults]).toEqual([]);
});

/** Every command that a path was seen to ask for: `POST /lead/add createLead`. */
const asked = new Map<string, Set<string>>();

test('each endpoint issues the command that docs/access.md names', () => {
  const wrong = endpointLines.flatMap(({ name, command }) => {
    const pattern = new RegExp(`^${name.replace(/\{\w+\}/g, '[^/]+')}/?$`);
    const commands = [...asked].filter(([request]) => pattern.test(request)).flatMap(([, seen]) => [...seen]);
    return commands.filter((seen) => seen !== command).map((seen) => `${name} asks for ${seen}, not ${command}`);
  });
  expect(wrong).toEqual([]);
  expect(new Set([...asked.values()].flatMap((seen) => [...seen])).size).toBeGreaterThan(12);
});

/** The whole server on an empty database, with its first workspace. */
async function freshServer() {
  const { connections, query } = await testDatabase();
  const owner = await openDatabase(connections.owner, { size: 1, asOwner: true });
  const first = await firstRun(owner, { region: 'GB', kinds: tokenKinds, now: new Date() });
  await owner.close();
  const faults: string[] = [];
  const log = { error: (message: string) => void faults.push(message), warn() {}, info() {} };
  const parts = await openServerContext({
    app: connections.app,
    contentWindowSeconds: 86_400,
    keyring: testKeyring,
    log,
  });
  const app = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }), parts });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    tokens: Object.fromEntries(first?.tokens ?? []),
    faults,
    stop: async () => {
      await app.close();
      await parts.close();
      const seen = await query<{ request: string; command: string }>(
        "SELECT DISTINCT method || ' ' || path AS request, command FROM submissions WHERE command IS NOT NULL",
      );
      for (const { request, command } of seen) asked.set(request, (asked.get(request) ?? new Set()).add(command));
    },
  };
}

/** Over a real socket with the recorded bytes, because HTTP clients normalise URLs and headers. */
function send(port: number, { method, url, headers, text }: ExchangeRequest): Promise<ExchangeReply> {
  const path = Buffer.from(url.replaceAll(' ', '%20')).toString('latin1');
  const length = text === undefined ? {} : { 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, method, path, headers: { ...headers, ...length } },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('end', () => {
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text: Buffer.concat(chunks).toString() });
        });
      },
    );
    request.on('error', reject);
    request.end(text);
  });
}
