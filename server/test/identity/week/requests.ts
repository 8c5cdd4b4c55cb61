import type { InjectOptions } from 'fastify';
import type { Chance, Person } from './people.ts';
import { fillerEmail, writeEmail, writeName, writePhone } from './spell.ts';

/** Returns a token of the dialect that reads numbers as in the given region. */
export type TokenOf = (dialect: string, region: string) => string;

type Door = (person: Person, chance: Chance, token: TokenOf) => InjectOptions;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const region = ({ phone }: Person) => phone.country.region;

/** Name and e-mail address as the person writes them this time. */
const writePerson = (person: Person, chance: Chance) => ({
  ...writeName(person, chance),
  email: writeEmail(person, chance),
});

const ispcrm: Door = (person, chance, token) => {
  const { first, last } = writeName(person, chance);
  const email = (writeEmail(person, chance) ?? fillerEmail(chance)).trim();
  const remarks = `Question ${chance.below(1000)}`;
  return {
    method: 'POST',
    url: '/api/v1/subscriber/CreateLead',
    payload: { name: `${first} ${last}`, email, phone: writePhone(person, chance), remarks },
    headers: bearer(token('ispcrm', region(person))),
  };
};

/** Digits only, perhaps with the country code that is also sent in its own field. */
function mobileno({ phone: { country, national } }: Person, chance: Chance): string {
  const again = [`00${country.code}`, `0${country.code}`, country.code, country.trunk, ''];
  const text = `${chance.of(again)}${national}`;
  return text.length > 14 ? national : text;
}

const getlead: Door = (person, chance, token) => {
  const { first, last, email } = writePerson(person, chance);
  const fields = {
    token: token('getlead', region(person)),
    name: `${first} ${last}`,
    countrycode: chance.of(['', '+', '00']) + person.phone.country.code,
    mobileno: person.kind === 'email' ? chance.of(['12345678', '00000000', '1111111111']) : mobileno(person, chance),
    source: chance.of(['Web', 'Fair', 'Web\u200b']),
    ...(email && { email }),
    ...(chance.in100(5) && { status: chance.of(['Hot', 'Won', 'Lost']) }),
    ...(person.second && { alternate_mobile: `+${person.second.country.code}${person.second.national}` }),
  };
  return { method: chance.of(['GET', 'POST']), url: `/api/gl-website-contacts?${new URLSearchParams(fields)}` };
};

const dialler: Door = (person, chance, token) => {
  const { first, last } = writeName(person, chance);
  const email = person.email ?? fillerEmail(chance);
  // The second number only with an e-mail address: otherwise nothing shows that both numbers belong to one person.
  const mobile =
    person.second && person.email && chance.in100(20)
      ? `+${person.second.country.code}${person.second.national}`
      : writePhone(person, chance);
  return {
    method: 'POST',
    url: `/lead/add?key=${token('dialler', region(person))}`,
    payload: { email, first_name: first, surname: last, mobile, type: 'Sales', delays: 6000 },
  };
};

const overplane: Door = (person, chance, token) => {
  const { first, last, email: email_id } = writePerson(person, chance);
  const { second } = person;
  return {
    method: 'POST',
    url: '/api/crm/lead',
    payload: {
      // A shared mailbox needs names, because nothing else tells its people apart.
      ...((person.kind === 'mailbox' || chance.in100(70)) && { first_name: first, last_name: last }),
      ...(email_id && { email_id }),
      mobile_no: writePhone(person, chance),
      ...(second && { phone: `00${second.country.code}${second.national}` }),
    },
    headers: bearer(token(chance.of(['overplane', 'overplane merging']), region(person))),
  };
};

const crmcom: Door = (person, chance, token) => {
  const { first, last, email } = writePerson(person, chance);
  return {
    method: 'POST',
    url: '/crmapi/rest/v2/leads/create',
    payload: {
      ...{ token: token('crmcom', region(person)), importance: 'IMPORTANCE3', priority: '3' },
      ...{ type_identifier: { name: 'Sales' }, source: { type: 'WEBSITE', name: 'Home page' } },
      contact_information: { type: 'PERSON', first_name: first, last_name: last },
      contact_phone: writePhone(person, chance),
      ...(email && { contact_email: email }),
    },
  };
};

const native: Door = (person, chance, token) => {
  const { first, last, email } = writePerson(person, chance);
  return {
    method: 'POST',
    url: '/v1/leads',
    payload: { name: `${first} ${last}`, phone: writePhone(person, chance), ...(email && { email }) },
    headers: bearer(token('native', region(person))),
  };
};

/** A note or a status for a lead that is known by its number. */
export function followUp(person: Person, chance: Chance, token: TokenOf): InjectOptions {
  const { country, national } = person.phone;
  const known = { token: token('getlead', country.region), countrycode: country.code, mobile_no: national };
  const [api, more] = chance.of([
    ['gl-note-creation-api', { note: 'Called, no answer' }],
    ['gl-status-change-api', { status: 'Qualified' }],
  ] as const);
  return { method: 'POST', url: `/api/${api}?${new URLSearchParams({ ...known, ...more })}` };
}

/** A request about the person through an API that can recognise people of their kind. */
export function arrival(person: Person, chance: Chance, token: TokenOf): InjectOptions {
  const open = [ispcrm, ispcrm, overplane, crmcom, native];
  // The dialler recognises people by their number alone, and getlead's form has no extensions.
  const doors = person.kind === 'phone' ? [...open, getlead, getlead, getlead, dialler, dialler] : open;
  return chance.of(['email', 'family', 'mailbox'].includes(person.kind) ? [...doors, getlead] : doors)(
    person,
    chance,
    token,
  );
}
