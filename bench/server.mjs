// One of the compared servers, as a child process. `mode`: gathered (the product), single (one transaction per
// request, the same rows), nothing (the same route and validation, a handler that stores nothing).
import { buildApp } from '../dist/app.js';
import { prepare } from '../dist/intake/prepare.js';
import { newLead } from '../dist/leads/lead.js';
import { readAllowed } from '../dist/platform/egress/target.js';
import { uuidv7 } from '../dist/platform/ids.js';
import { isProblem } from '../dist/platform/problem.js';
import { serialiseReply } from '../dist/platform/wire.js';
import { openKeyring } from '../dist/secrets/keyring.js';
import { openServerContext } from '../dist/server-context.js';

// `reach`: addresses outside the internet to which webhooks may send; `retries`: seconds before each webhook attempt.
const { mode, app: connection, reach = '', retries } = JSON.parse(process.argv[2]);
const log = { info() {}, warn: console.error, error: console.error };
const single = mode === 'single' && { mostGathered: 1, connections: 10 };
const retrying = retries && { webhookRetrySeconds: retries };
const egress = { allowed: readAllowed(reach) };
const parts = await openServerContext({
  app: connection,
  contentWindowSeconds: 86_400,
  keyring: openKeyring([Buffer.alloc(32, 7)]),
  log,
  egress,
  ...single,
  ...retrying,
});
if (mode === 'nothing') parts.intake = { ...parts.intake, perform: answerOnly };
const config = { http: { host: '127.0.0.1', port: 0, publicUrl: null, trustProxy: false }, logLevel: 'silent' };
const app = await buildApp({ config, parts });
await app.listen({ host: '127.0.0.1', port: 0 });
process.send({ port: app.server.address().port });

process.on('message', (message) => {
  if (message === 'usage') process.send({ ...process.cpuUsage(), rss: process.memoryUsage().rss });
  if (message === 'stop')
    void app
      .close()
      .then(parts.close)
      .then(() => process.exit(0));
});

// Checks that need no database are also made here: lengths, amounts, phones and e-mail addresses.
async function answerOnly(arrival) {
  const { words, request, referenceData, envelope } = arrival;
  const prepared = isProblem(request) ? request : prepare(request, arrival.caller.region, arrival.referenceData);
  if (isProblem(prepared)) return serialiseReply(words.refuse(prepared));
  const status = referenceData.all('status')[0].id;
  const lead = { ...newLead(uuidv7(), 1, status, envelope.received_at), ...request.draft.values };
  return serialiseReply(words.answer({ kind: 'lead', did: 'created', lead, call: 'scheduled' }, referenceData));
}
