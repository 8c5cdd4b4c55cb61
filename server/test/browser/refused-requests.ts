import type { Page } from 'playwright-core';
import { exampleLead } from '../../src/dialects/crmcom/index.ts';

/** For each dialect, a request that it refuses, the field at fault, and how to correct it. */
export const refused = [
  {
    dialect: 'getlead',
    title: 'Getlead CRM (GL Connect)',
    send: {
      method: 'GET',
      url: '/api/gl-website-contacts?token={}&countrycode=91&mobileno=12&name=Gita+Getlead&source=Web',
    },
    field: 'mobileno',
    lead: 'Gita Getlead',
    editRequest: (page: Page) => page.getByLabel('mobileno', { exact: true }).fill('9876543210'),
  },
  {
    dialect: 'ispcrm',
    title: 'ISPCRM',
    send: {
      method: 'POST',
      url: '/api/v1/subscriber/CreateLead',
      body: '{"name":"Ivan Isp","phone":"7840258810","email":"not-an-address","address":"1 Main St"}',
    },
    field: 'email',
    lead: 'Ivan Isp',
    editRequest: (page: Page) => replaceInBody(page, 'not-an-address', 'ivan@example.com'),
  },
  {
    dialect: 'crmcom',
    title: 'CRM.COM',
    send: {
      method: 'POST',
      url: '/crmapi/rest/v2/leads/create',
      body: JSON.stringify({
        token: '{}',
        ...exampleLead,
        importance: 'HIGH',
        contact_email: 'carla@example.com',
        contact_phone: '99123456',
        contact_information: { type: 'PERSON', first_name: 'Carla', last_name: 'Crm' },
      }),
    },
    field: 'importance',
    lead: 'Carla Crm',
    editRequest: (page: Page) => replaceInBody(page, 'HIGH', 'IMPORTANCE3'),
  },
  {
    dialect: 'dialler',
    title: 'Comunik8 dialler',
    send: {
      method: 'POST',
      url: '/lead/add?key={}',
      body: '{"first_name":"Dora","surname":"Dial","mobile":"07840258811","email":"dora@example.com","type":"Sale"}',
    },
    field: 'type',
    lead: 'Dora Dial',
    editRequest: (page: Page) => replaceInBody(page, '"Sale"', '"Sales"'),
  },
  {
    dialect: 'overplane',
    title: 'Overplane',
    send: {
      method: 'POST',
      url: '/api/crm/lead',
      body: '{"first_name":"Olga","lead_name":"Olga Over","annual_revenue":"many"}',
    },
    field: 'annual_revenue',
    lead: 'Olga Over',
    editRequest: (page: Page) => replaceInBody(page, '"many"', '12'),
  },
] as const;

async function replaceInBody(page: Page, from: string, to: string): Promise<void> {
  const area = page.getByLabel('Body of the request');
  await area.fill((await area.inputValue()).replace(from, to));
}
