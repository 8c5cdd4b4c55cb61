import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { type Call, type Command, listOption, usageError } from './command.ts';
import { type ConformanceTarget, runAll } from './run-scenarios.ts';

export const conformance: Command = {
  usage: 'conformance [URL] [--token DIALECT=SECRET ...]',
  about: "Send every recorded exchange of the vendors' clients to a server: the one at URL, or a temporary one.",
  async run(call) {
    const results = await withTargets(call, (openTarget) => runAll(openTarget, call));
    const failed = results.filter(({ failures }) => failures.length > 0).length;
    call.screen.show({ passed: results.length - failed, failed, scenarios: results }, [
      `${results.length - failed} passed, ${failed} failed.`,
    ]);
    if (failed > 0 && call.words.length > 0)
      call.screen.warn('The exchanges were recorded on an empty workspace, so existing leads change lists and totals.');
    if (failed > 0) call.exitCode = 1;
  },
};

async function withTargets<T>(
  call: Call,
  work: (openTarget: () => Promise<ConformanceTarget>) => Promise<T>,
): Promise<T> {
  const [url] = call.words;
  if (url === undefined) return withOwnServers(call.config, work);
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw usageError(`URL must look like http://127.0.0.1:4000, not "${url}".`);
  const target = { base: new URL(url), tokens: readTokens(call), close: async () => {} };
  return work(async () => target);
}

function readTokens(call: Call): Record<string, string> {
  const pairs = listOption(call, 'token').map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1) throw usageError(`--token must look like getlead=gl_..., not "${pair}".`);
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  if (pairs.length === 0) throw usageError('With a URL, --token is needed for every dialect to be tested.');
  return Object.fromEntries(pairs);
}

/** Runs against new servers on free ports, whose data is discarded afterwards. */
async function withOwnServers<T>(
  config: Config,
  work: (openTarget: () => Promise<ConformanceTarget>) => Promise<T>,
): Promise<T> {
  // Imported only when needed, because it loads the whole server.
  const { openTargetFactory: openStage } = await import('./conformance-server.ts');
  const dataDir = await mkdtemp(join(tmpdir(), 'leadwell-conformance-'));
  try {
    // When this runs as root, PostgreSQL's own account must be able to enter the folder.
    await chmod(dataDir, 0o711);
    const servers = await openStage({ ...config, dataDir });
    try {
      return await work(servers.openTarget);
    } finally {
      await servers.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
