// Tries on a real PgBouncer what works behind it and what is refused.
import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './patroni.mjs';
import { freePort, run, until } from './programs.mjs';
import { command, startSenders, startServer } from './servers.mjs';

/** Tries each pool mode in front of the given node; throws if one behaves differently from the documentation. */
export async function provePooling(folder, programs, node, { user, password, database }, token) {
  const report = {};
  for (const [name, mode, more] of [
    ['session', 'session', ''],
    ['session, start-up options ignored', 'session', 'ignore_startup_parameters = options'],
    ['transaction', 'transaction', ''],
    ['statement', 'statement', ''],
  ]) {
    const port = await freePort();
    const file = join(folder, `pgbouncer-${port}.ini`);
    const users = join(folder, 'users.txt');
    writeFileSync(users, `"${user}" "${password}"\n`);
    writeFileSync(file, iniOf({ port, node, users, mode, more }));
    for (const one of [file, users]) chownSync(one, programs.account.uid, programs.account.gid);
    const bouncer = run(programs.pgbouncer, [file], { log: join(folder, 'pgbouncer.log'), ...programs.account });
    const connection = { host: '127.0.0.1', port, user, password, database };
    await until('PgBouncer answers', 20, () => ask(connection, 'select 1 as one'));
    const env = { DATABASE_URL: `postgres://${user}:${password}@127.0.0.1:${port}/${database}` };
    report[name] = mode === 'session' ? await works(env, token) : await isRefused(env);
    bouncer.kill('SIGTERM');
  }
  return report;
}

function iniOf({ port, node, users, mode, more }) {
  return `[databases]
* = host=127.0.0.1 port=${node.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = 40
max_client_conn = 100
${more}
`;
}

async function works(env, token) {
  const { code, stdout } = await command(env, 'doctor', '--json');
  const doctor = JSON.parse(stdout);
  const session = doctor.symptoms.find(({ check }) => check === 'session');
  const pooler = doctor.symptoms.find(({ check }) => check === 'pooler');
  if (code !== 0 || session?.state !== 'ok' || !pooler?.text.includes('pooler'))
    throw new Error(`The doctor says: ${stdout}`);
  const server = await startServer(env);
  const senders = startSenders([server], token, 4);
  await until('Leads are accepted', 20, () => senders.acknowledged.length > 100);
  await senders.stop();
  await server.stop();
  if (senders.wrong.length > 0) throw new Error(`Wrong answers: ${senders.wrong.slice(0, 3)}`);
  return `works: ${session.text}`;
}

async function isRefused(env) {
  const { code, stdout } = await command(env, 'serve');
  if (code === 0 || !stdout.includes('pool_mode')) throw new Error(`It was not refused: ${code} ${stdout}`);
  return `refused: ${stdout.trim().split('\n').at(-1)}`;
}
