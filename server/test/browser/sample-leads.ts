import type { client } from '../world.ts';

/** Creates leads with all fields filled in, each with its own phone number and email address, and reads them back. */
export function sampleLeads(ask: ReturnType<typeof client>) {
  let phones = 7_700_900_100;
  return {
    async newLead(more: object = {}) {
      const body = {
        name: 'Anjali Menon',
        company_name: 'Solaris Energy',
        phone: `0${phones++}`,
        email: `anjali${phones}@example.com`,
        target_amount: 14_350,
        source: 'Website',
        department: 'Sales',
        custom: { 'Roof size': '40', Tariff: 'Green' },
        ...more,
      };
      return (await ask('POST', '/leads', body)).body;
    },
    read: async (id: string) => (await ask('GET', `/leads/${id}`)).body,
  };
}
