// Three PostgreSQL nodes under Patroni with etcd, each in a folder of its own.
import { chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort, run, until } from './programs.mjs';

/** How quickly a lost leader is replaced, in seconds. */
const pace = { ttl: 10, loop_wait: 2, retry_timeout: 3 };

/** Starts etcd and the nodes; resolves when one node leads and a standby follows it synchronously. */
export async function startPatroni(folder, programs, password) {
  const etcd = await startEtcd(folder, programs);
  const nodes = [];
  for (const name of ['one', 'two', 'three']) nodes.push(await makeNode(name, { folder, programs, password, etcd }));
  for (const node of nodes) {
    node.start();
    if (node === nodes[0]) await until('The first node leads', 60, node.leads);
  }
  const cluster = {
    nodes,
    leader: () => leaderOf(nodes),
    query: (text, values) => query(nodes, text, values),
    describe: async () => (await Promise.all(nodes.map((node) => node.describe()))).join('\n'),
  };
  await until('A standby follows', 120, () => followsSynchronously(cluster));
  return cluster;
}

/** Whether all other nodes follow the leader, at least one of them synchronously. */
export async function followsSynchronously({ query, nodes }) {
  const [found] = await query(
    `select count(*) filter (where sync_state in ('sync', 'quorum')) as sync, count(*) as all
       from pg_stat_replication where state = 'streaming'`,
  );
  return Number(found.sync) > 0 && Number(found.all) === nodes.length - 1;
}

async function startEtcd(folder, { etcd, account }) {
  const [client, peer] = [await freePort(), await freePort()];
  const data = join(folder, 'etcd');
  mkdirSync(data, { mode: 0o700 });
  chownSync(data, account.uid, account.gid);
  const [clients, peers] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
  const args = [
    '--data-dir',
    data,
    '--name',
    'proof',
    '--listen-client-urls',
    clients,
    '--advertise-client-urls',
    clients,
  ];
  const cluster = [
    '--listen-peer-urls',
    peers,
    '--initial-advertise-peer-urls',
    peers,
    '--initial-cluster',
    `proof=${peers}`,
  ];
  run(etcd, [...args, ...cluster], { log: join(folder, 'etcd.log'), ...account });
  await until('etcd answers', 30, async () => (await fetch(`${clients}/health`)).ok);
  return `127.0.0.1:${client}`;
}

async function makeNode(name, { folder, programs, password, etcd }) {
  const [port, rest] = [await freePort(), await freePort()];
  const data = join(folder, name);
  const log = join(folder, `${name}.log`);
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(settings({ name, port, rest, data, password, etcd, bin: programs.bin })), {
    mode: 0o600,
  });
  chownSync(file, programs.account.uid, programs.account.gid);
  let patroni;
  const ask = async (path) =>
    (await fetch(`http://127.0.0.1:${rest}${path}`, { signal: AbortSignal.timeout(1000) })).status === 200;
  return {
    name,
    port,
    leads: () => ask('/primary'),
    /** What Patroni says about the node, and the end of its log. */
    async describe() {
      const said = await fetch(`http://127.0.0.1:${rest}/patroni`, { signal: AbortSignal.timeout(1000) })
        .then((reply) => reply.text())
        .catch(() => 'Patroni does not answer.');
      return `${name}: ${said}\n${readFileSync(log, 'utf8').split('\n').slice(-15).join('\n')}`;
    },
    start() {
      patroni = run(programs.patroni, [file], {
        log,
        ...programs.account,
        env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
      });
    },
    /** Kills Patroni and PostgreSQL at once, as if the machine had lost power. */
    kill() {
      const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
      patroni.kill('SIGKILL');
      process.kill(pid, 'SIGKILL');
    },
    connection: { host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' },
    remove: () => rmSync(data, { recursive: true, force: true }),
  };
}

// JSON is also valid YAML.
function settings({ name, port, rest, data, password, etcd, bin }) {
  const login = (username) => ({ username, password });
  return {
    scope: 'leadwell',
    name,
    restapi: { listen: `127.0.0.1:${rest}`, connect_address: `127.0.0.1:${rest}` },
    etcd3: { hosts: [etcd] },
    bootstrap: {
      dcs: {
        ...pace,
        synchronous_mode: true,
        postgresql: { use_pg_rewind: true, parameters: { max_connections: 80, wal_keep_size: '256MB' } },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }, 'data-checksums'],
    },
    postgresql: {
      listen: `127.0.0.1:${port}`,
      connect_address: `127.0.0.1:${port}`,
      data_dir: data,
      bin_dir: bin,
      // Usually in the account's home: nodes that share it overwrite each other's password for following the leader.
      pgpass: `${data}.pgpass`,
      authentication: { superuser: login('postgres'), replication: login('replicator'), rewind: login('rewinder') },
      parameters: { unix_socket_directories: '', password_encryption: 'scram-sha-256' },
      pg_hba: ['host all all 127.0.0.1/32 scram-sha-256', 'host replication replicator 127.0.0.1/32 scram-sha-256'],
    },
  };
}

async function leaderOf(nodes) {
  const answers = await Promise.all(nodes.map((node) => node.leads().catch(() => false)));
  return nodes.find((_, at) => answers[at]);
}

async function query(nodes, text, values) {
  const leader = await leaderOf(nodes);
  if (!leader) throw new Error('No node leads.');
  return ask(leader.connection, text, values);
}

/** Runs one statement and returns its rows. */
export async function ask(connection, text, values) {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5000, query_timeout: 30_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}
