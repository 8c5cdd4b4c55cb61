// Directus with collections for leads and their touches, created through its own API.
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const texts = `
  name first_name last_name email phone company_name job_title website address city state postal_code country
  description source status owner type category importance utm_source utm_medium utm_campaign next_step
`
  .trim()
  .split(/\s+/);

/** Starts Directus in the folder where it is installed; `node` is a Node program that is new enough for it. */
export async function startDirectus({ folder, node, connection }) {
  const { host, port: databasePort, user, password, database } = connection;
  const [token, port] = [randomUUID(), await freePort()];
  const env = {
    ...process.env,
    DB_CLIENT: 'pg',
    DB_HOST: host,
    DB_PORT: String(databasePort),
    DB_USER: user,
    DB_PASSWORD: password,
    DB_DATABASE: database,
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SECRET: randomUUID(),
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: randomUUID(),
    ADMIN_TOKEN: token,
    LOG_LEVEL: 'error',
    TELEMETRY: 'false',
    PRESSURE_LIMITER_ENABLED: 'false',
    RATE_LIMITER_ENABLED: 'false',
    CACHE_ENABLED: 'false',
    NODE_ENV: 'production',
    ACCEPT_TERMS: 'true',
  };
  const program = join(folder, 'node_modules', 'directus', 'cli.js');
  execFileSync(node, [program, 'bootstrap'], { cwd: folder, env, stdio: 'ignore' });
  const child = spawn(node, [program, 'start'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${url}/server/ping`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error('Directus ended.');
    await pause(200);
  }
  await makeCollections(url, token);
  return { port, token, stop: () => child.kill('SIGKILL') };
}

async function makeCollections(url, token) {
  const id = { field: 'id', type: 'uuid', meta: { special: ['uuid'] }, schema: { is_primary_key: true } };
  const time = (field, special) => ({ field, type: 'timestamp', meta: { special: [special] }, schema: {} });
  const text = (field) => ({
    field,
    type: 'string',
    schema: { is_indexed: ['phone', 'email', 'status', 'source'].includes(field) },
  });
  const send = async (path, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`Directus, ${path}: ${await response.text()}`);
  };
  const fields = [
    id,
    ...texts.map(text),
    { field: 'custom', type: 'json', schema: {} },
    time('created_at', 'date-created'),
    time('updated_at', 'date-updated'),
  ];
  await send('/collections', { collection: 'leads', schema: {}, meta: {}, fields });
  const touch = [
    id,
    { field: 'fields', type: 'json', schema: {} },
    { field: 'lead', type: 'uuid', schema: {} },
    time('at', 'date-created'),
  ];
  await send('/collections', { collection: 'touches', schema: {}, meta: {}, fields: touch });
  await send('/relations', { collection: 'touches', field: 'lead', related_collection: 'leads' });
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
