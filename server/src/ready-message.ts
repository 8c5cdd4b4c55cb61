import type { Dialect } from './dialects/dialect.ts';
import type { FirstRun } from './workspaces/first-run.ts';

/**
 * The message printed when the server is ready; on the first run, it includes the sign-in link and a working
 * curl for each dialect.
 */
export function readyMessage(url: string, dialects: readonly Dialect[], first: FirstRun | null): string {
  const ready = `Leadwell is ready: ${url}`;
  if (!first) return ready;
  const base = url.replace('//0.0.0.0', '//127.0.0.1').replace('//[::]', '//[::1]');
  const curls = dialects.map((dialect) => {
    const token = first.tokens.get(dialect.name) ?? '';
    return `# ${dialect.title}\n${dialect.example(base, token)}`;
  });
  const native = first.tokens.get('native') ?? '';
  return [
    ready,
    '',
    "This is the first run. Set the owner's password here (the link works once, within a week):",
    `  ${base}/welcome/${first.link}`,
    '',
    'Send a first lead through any dialect. The tokens are not shown again:',
    '',
    ...curls.flatMap((curl) => [curl, '']),
    "# Leadwell's own API: the leads received",
    `curl -s '${base}/v1/leads' -H 'Authorization: Bearer ${native}'`,
    '',
  ].join('\n');
}
