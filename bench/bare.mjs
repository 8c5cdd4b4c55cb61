// The yardstick: a bare Fastify server that only reads and validates the same requests and answers with the same number
// of bytes. It runs as a child process, like the servers that are compared with it.
import Fastify from 'fastify';

const text = { type: 'string', maxLength: 2000 };
const object = (required, properties) => ({ type: 'object', required, properties });

/** One route per kind of request: the schema that it validates, and the number of bytes in the response. */
const routes = {
  native: {
    url: '/v1/leads',
    schema: { body: object(['name'], { name: text, email: text, phone: text, city: text, source: text }) },
    bytes: 1150,
  },
  ispcrm: {
    url: '/api/v1/subscriber/CreateLead',
    schema: { body: object(['name', 'phone'], { name: text, email: text, phone: text, address: text, remarks: text }) },
    bytes: 90,
  },
  getlead: {
    url: '/api/gl-website-contacts',
    schema: {
      querystring: object(['token', 'mobileno'], {
        token: text,
        name: text,
        email: text,
        countrycode: text,
        mobileno: text,
        source: text,
      }),
    },
    bytes: 60,
  },
  crmcom: {
    url: '/crmapi/rest/v2/leads/create',
    schema: {
      body: object(['token', 'contact_information', 'source'], {
        token: text,
        importance: text,
        priority: text,
        type_identifier: object(['name'], { name: text }),
        contact_email: text,
        contact_phone: text,
        contact_information: object(['type'], { type: text, first_name: text, last_name: text }),
        source: object(['type'], { type: text, name: text }),
      }),
    },
    bytes: 130,
  },
  dialler: {
    url: '/lead/add',
    schema: {
      querystring: object(['key'], { key: text }),
      body: object(['mobile'], { first_name: text, surname: text, mobile: text, email: text, type: text, delays: {} }),
    },
    bytes: 90,
  },
  overplane: {
    url: '/api/crm/lead',
    schema: { body: object(['first_name'], { first_name: text, last_name: text, email_id: text, mobile_no: text }) },
    bytes: 1100,
  },
};

const app = Fastify({ logger: false });
app.addContentTypeParser('*', (_request, _payload, done) => done(null));
for (const { url, schema, bytes } of Object.values(routes)) {
  const answer = { id: 'lead_', filler: 'x'.repeat(Math.max(0, bytes - 30)) };
  app.post(url, { schema }, async (_request, reply) => reply.code(200).send(answer));
}
// Reads are answered with the requested number of bytes, as JSON of the requested number of leads or lines.
const item = { id: 'lead_01k1fgwvrafgz9mk9fdf60sm8h', name: 'Ann Example', filler: '' };
app.get('/bytes/:bytes/:items', async (request) => {
  const items = Number(request.params.items);
  const filler = 'x'.repeat(
    Math.max(0, Math.floor(Number(request.params.bytes) / items) - JSON.stringify(item).length),
  );
  const data = Array.from({ length: items }, () => ({ ...item, filler }));
  return items === 1 ? data[0] : { data };
});
await app.listen({ host: '127.0.0.1', port: 0 });
process.send({ port: app.server.address().port });
process.on('message', (message) => {
  if (message === 'usage') process.send({ ...process.cpuUsage(), rss: process.memoryUsage().rss });
});
