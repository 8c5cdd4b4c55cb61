// The requests to the compared servers: the same lead, and the same list of twenty.
import { reads } from '../read-requests.mjs';
import { requests } from '../requests.mjs';

const bodyOf = (request) => request.slice(request.indexOf('\r\n\r\n') + 4);

function post(path, headers, text) {
  const head = `POST ${path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n${headers}`;
  return `${head}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

const get = (path, headers) => `GET ${path} HTTP/1.1\r\nHost: bench\r\n${headers}\r\n`;
const bearer = (token) => `Authorization: Bearer ${token}\r\n`;

const filters = [{ status: 'New' }, { source: 'Website' }, { status: 'New', source: 'Website' }, {}];
const filterOf = (n) => filters[(n * 7) % filters.length];

export const peers = {
  'leadwell create': requests.native,
  'leadwell list': reads.list,
  'nest create': (n) => post('/leads', '', bodyOf(requests.native(n, ''))),
  'nest list': (n) => get(`/leads?${new URLSearchParams(filterOf(n))}`, ''),
  'directus create': (n, token) => {
    const lead = { ...JSON.parse(bodyOf(requests.native(n, ''))), status: 'New' };
    return post('/items/touches', bearer(token), JSON.stringify({ fields: lead, lead }));
  },
  'directus list': (n, token) => {
    const filter = Object.fromEntries(
      Object.entries(filterOf(n)).map(([name, value]) => [`filter[${name}][_eq]`, value]),
    );
    return get(`/items/leads?${new URLSearchParams({ limit: '20', sort: '-created_at', ...filter })}`, bearer(token));
  },
};
