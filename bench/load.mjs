// A minimal closed-loop HTTP load generator over plain sockets, so that it uses little of the machine itself. Runs as a
// child process: receives {port, connections, kind, token, start} and either `seconds` or `count`, for reads also
// `facts` for building the requests, and sends back the results.
import { connect } from 'node:net';
import { peers } from './peers/requests.mjs';
import { reads } from './read-requests.mjs';
import { requests } from './requests.mjs';

process.on('message', async (job) => {
  process.send(await load(job));
});

async function load({ port, connections, seconds = Infinity, count = Infinity, kind, token, start, facts }) {
  const make = requests[kind] ?? reads[kind] ?? peers[kind];
  const latencies = [];
  const statuses = new Map();
  let next = start;
  let stopAt = Infinity;
  const loops = Array.from({ length: connections }, () => loop());
  const began = performance.now();
  stopAt = began + seconds * 1000;
  await Promise.all(loops);
  return figures(latencies, statuses, (performance.now() - began) / 1000, next);

  function loop() {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let sentAt = 0;
      let pending = '';
      const send = () => {
        if (performance.now() >= stopAt || next - start >= count) {
          resolve();
          return socket.end();
        }
        next += 1;
        sentAt = performance.now();
        socket.write(make(next, token, facts));
      };
      socket.setEncoding('latin1');
      socket.once('connect', send);
      socket.on('error', reject);
      socket.on('close', () => reject(new Error(`the server closed the connection after: ${pending.slice(0, 200)}`)));
      socket.on('data', (chunk) => {
        pending += chunk;
        const head = pending.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(pending)?.[1] ?? 0);
        if (pending.length < head + 4 + length) return;
        const status = pending.slice(9, 12);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        latencies.push(performance.now() - sentAt);
        pending = '';
        send();
      });
    });
  }
}

function figures(latencies, statuses, elapsed, next) {
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    done: latencies.length,
    rate: latencies.length / elapsed,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    longest: at(1),
    statuses: Object.fromEntries(statuses),
    next,
  };
}
