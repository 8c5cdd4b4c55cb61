// A new lead for every request, in the form that each dialect's clients send.
const digits = (n) => String(7_400_000_000 + (n % 400_000_000)).padStart(10, '0');

function post(path, headers, body) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const type = body === undefined ? '' : 'Content-Type: application/json\r\n';
  return `POST ${path} HTTP/1.1\r\nHost: bench\r\n${type}${headers}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

const bearer = (token) => `Authorization: Bearer ${token}\r\n`;

export const requests = {
  native: (n, token) =>
    post('/v1/leads', bearer(token), {
      name: `Person ${n}`,
      email: `p${n}@example.com`,
      phone: `+44${digits(n)}`,
      city: 'Leeds',
      source: 'Website',
    }),
  ispcrm: (n, token) =>
    post('/api/v1/subscriber/CreateLead', bearer(token), {
      name: `Person ${n}`,
      email: `p${n}@example.com`,
      phone: `+44${digits(n)}`,
      address: '123 Main St, City',
      remarks: 'Interested in 100 Mbps plan',
    }),
  getlead: (n, token) =>
    post(
      `/api/gl-website-contacts?token=${token}&name=Person+${n}&email=p${n}%40example.com&countrycode=44&mobileno=${digits(n)}&source=Website`,
      '',
    ),
  crmcom: (n, token) =>
    post('/crmapi/rest/v2/leads/create', '', {
      token,
      importance: 'IMPORTANCE3',
      priority: '3',
      type_identifier: { name: 'Sales' },
      contact_email: `p${n}@example.com`,
      contact_phone: `+44${digits(n)}`,
      contact_information: { type: 'PERSON', first_name: 'Person', last_name: `Number ${n}` },
      source: { type: 'WEBSITE', name: 'Website' },
    }),
  dialler: (n, token) =>
    post(`/lead/add?key=${token}`, '', {
      first_name: 'Person',
      surname: `Number ${n}`,
      mobile: `0${digits(n)}`,
      email: `p${n}@example.com`,
      type: 'Sales',
      delays: 600,
    }),
  overplane: (n, token) =>
    post('/api/crm/lead', bearer(token), {
      first_name: 'Person',
      last_name: `Number ${n}`,
      email_id: `p${n}@example.com`,
      mobile_no: `+44${digits(n)}`,
    }),
};
