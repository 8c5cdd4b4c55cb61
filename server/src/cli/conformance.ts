import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { type Call, type Command, many, misused } from './command.ts';
import { type Bench, runAll } from './conformance-run.ts';

export const conformance: Command = {
  name: 'conformance',
  usage: '[URL] [--token DIALECT=SECRET ...]',
  about: "Send every recorded exchange of the vendors' clients to a host, or to a server started for it.",
  options: { token: { type: 'string', multiple: true } },
  words: [0, 1],
  async run(call) {
    const results = await withBenches(call, (openBench) => runAll(openBench, call));
    const failed = results.filter(({ failures }) => failures.length > 0).length;
    call.screen.show({ passed: results.length - failed, failed, scenarios: results }, [
      `${results.length - failed} passed, ${failed} failed.`,
    ]);
    if (failed > 0 && call.words.length > 0)
      call.screen.warn('The exchanges were recorded on an empty workspace: other leads there change lists and totals.');
    return failed === 0 ? 0 : 1;
  },
};

async function withBenches<T>(call: Call, work: (openBench: () => Promise<Bench>) => Promise<T>): Promise<T> {
  const [url] = call.words;
  if (url === undefined) return withOwnServers(call.config, work);
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw misused(`URL must be like http://127.0.0.1:4000; it is "${url}".`);
  const bench = { base: new URL(url), tokens: readTokens(call), leave: async () => {} };
  return work(async () => bench);
}

function readTokens(call: Call): Record<string, string> {
  const pairs = many(call, 'token').map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1) throw misused(`--token must be like getlead=gl_...; it is "${pair}".`);
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  if (pairs.length === 0) throw misused('With a URL, --token is needed for every dialect to be tried.');
  return Object.fromEntries(pairs);
}

/** New servers on free ports, over a store that is thrown away. */
async function withOwnServers<T>(config: Config, work: (openBench: () => Promise<Bench>) => Promise<T>): Promise<T> {
  // Loaded only here: it is the whole server.
  const { openStage } = await import('./conformance-server.ts');
  const dataDir = await mkdtemp(join(tmpdir(), 'leadwell-conformance-'));
  try {
    // PostgreSQL's own account must be able to enter it when this runs as root.
    await chmod(dataDir, 0o711);
    const stage = await openStage({ ...config, dataDir });
    try {
      return await work(stage.openBench);
    } finally {
      await stage.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
