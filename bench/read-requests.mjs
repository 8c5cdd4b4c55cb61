// The reads that the web app makes most often. `facts` holds ids and search words of the store that is read.
const get = (path, token) =>
  `GET ${path} HTTP/1.1\r\nHost: bench\r\n${token ? `Authorization: Bearer ${token}\r\n` : ''}\r\n`;

const turn = (list, n) => list[(n * 7) % list.length];
const filters = [
  'status=New',
  'source=Website',
  'status=New&source=Website',
  'sort=newest',
  'source=Website&sort=newest',
];

export const reads = {
  healthz: () => get('/healthz'),
  bytes: (_n, _token, { bytes, items }) => get(`/bytes/${bytes}/${items}`),
  get: (n, token, { ids }) => get(`/v1/leads/${turn(ids, n)}`, token),
  list: (n, token) => get(`/v1/leads?limit=20&${turn(filters, n)}`, token),
  timeline: (n, token, { ids }) => get(`/v1/leads/${turn(ids, n)}/timeline`, token),
  search: (n, token, { letters }) => get(`/v1/leads?limit=20&q=${encodeURIComponent(turn(letters, n))}`, token),
};
