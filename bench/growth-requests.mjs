// What is asked of servers with few and with many leads. `path` is given the side: its people and some of its leads.
const lead = ({ leads }, round) => leads[(round * 7) % leads.length];
const report = (name) => ({ name: `report ${name}`, seldom: true, path: () => `/reports/${name}?range=30d` });

export const growthRequests = [
  { name: 'list, first page', path: () => '/leads?limit=50' },
  { name: 'list by status', path: () => '/leads?status=Qualified&limit=50' },
  { name: 'list by owner', path: ({ agent }) => `/leads?owner=${agent.member_id}&limit=50` },
  { name: 'list by own sight', as: 'agent', path: () => '/leads?limit=50' },
  { name: 'own sight, by status', as: 'agent', path: () => '/leads?status=Qualified&limit=50' },
  { name: 'search, common word', path: () => '/leads?q=olivia&limit=50' },
  { name: 'search, 2 letters', path: () => '/leads?q=ol&limit=50' },
  { name: 'search, rare word', path: (side, round) => `/leads?q=${lead(side, round).email}&limit=50` },
  { name: 'search, part of a phone', path: (side, round) => `/leads?q=${lead(side, round).phone.slice(-7)}&limit=50` },
  { name: 'search, own sight', as: 'agent', path: () => '/leads?q=olivia&limit=50' },
  { name: 'count, all', path: () => '/leads/count' },
  { name: 'count, by status', path: () => '/leads/count?status=Lost' },
  { name: 'open a lead', path: (side, round) => `/leads/${lead(side, round).id}` },
  { name: 'its timeline', path: (side, round) => `/leads/${lead(side, round).id}/timeline` },
  ...['leads-by-day', 'sources', 'statuses', 'funnel', 'speed-to-lead', 'agents', 'intake', 'arrivals'].map(report),
];
