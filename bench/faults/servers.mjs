// Starts Leadwell's servers and commands, and senders that record which leads were acknowledged.
import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(new URL('../../bin/leadwell.js', import.meta.url));

/** Starts a server. `token` is the getlead token, which is printed only by the very first start. */
export async function startServer(env) {
  const child = spawn(process.execPath, [program, 'serve'], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let words = '';
  const url = await new Promise((resolve, reject) => {
    ended.then((code) => reject(new Error(`The server ended with ${code}.`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      words += `${line}\n`;
      const ready = /^Leadwell is ready: (\S+)$/.exec(line)?.[1];
      if (ready) setTimeout(() => resolve(ready), 200);
    });
  });
  return {
    url,
    token: /gl_[0-9a-f]{64}/.exec(words)?.[0],
    async stop() {
      child.kill('SIGTERM');
      if ((await Promise.race([ended, pause(20_000).then(() => 'late')])) === 'late') child.kill('SIGKILL');
      return await ended;
    },
  };
}

/** Runs a command; returns its exit code and its output. */
export async function command(env, ...args) {
  const options = { env: { ...process.env, ...env }, timeout: 120_000 };
  return promisify(execFile)(process.execPath, [program, ...args], options).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout, stderr }) => ({ code, stdout: `${stdout}${stderr}` }),
  );
}

/** Sends requests about new people to all servers until stopped. */
export function startSenders(servers, token, count) {
  const found = { acknowledged: [], refused: 0, wrong: [], slowest: 0, lastAt: new Map(), stop };
  let next = 0;
  let isRunning = true;
  const send = async (url) => {
    const phone = String(7_600_000_000 + next++);
    const began = performance.now();
    const reply = await fetch(
      `${url}/api/gl-website-contacts?token=${token}&countrycode=44&mobileno=${phone}&source=Proof`,
    ).catch(() => undefined);
    const body = await reply?.text().catch(() => '');
    found.slowest = Math.max(found.slowest, performance.now() - began);
    if (reply?.status === 200 && body.includes('"success"')) {
      found.acknowledged.push(phone);
      found.lastAt.set(url, Date.now());
    } else if (reply?.status === 503) {
      found.refused += 1;
      await pause(100);
    } else found.wrong.push(`${reply?.status} ${body}`);
  };
  const running = Array.from({ length: count }, async (_, at) => {
    while (isRunning) await send(servers[at % servers.length].url);
  });
  async function stop() {
    isRunning = false;
    await Promise.all(running);
  }
  return found;
}
