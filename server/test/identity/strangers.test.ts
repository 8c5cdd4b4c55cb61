import { describe, expect, test } from 'vitest';
import { testWorld } from '../world.ts';
import { senders } from './senders.ts';

const world = await testWorld();
const { isp, getlead, dialler, overplane, crmcom, ask, email, newest, count, duplicatesOf, reasonOf } =
  await senders(world);

describe('two people with different email addresses', () => {
  test.each([
    ['4.47911E+11', '4.47911E+11'],
    ['0000000000', '0000000000'],
    ['1234567890', '1234567890'],
    ['07777777777', '07777777777'],
    ['123', '123'],
    ['55555', '55555'],
    ['ask me 24/7', 'call 24-7 ok'],
    ['no phone, email only please 2026', 'no phone 2026'],
    ['07911,100001', '07911,200002'],
    ['020 7946 0300 ext 11', '020 7946 0300 ext 12'],
    ['07412345678', '07412345678'],
    ['01212 121212', '01212 121212'],
  ])('stay two leads when they type %s and %s', async (one, other) => {
    const before = await count();
    await isp(one, { name: 'Ann' });
    const [ann, second] = [await newest(), email()];
    await isp(other, { name: 'Ann', email: second });
    expect(await count()).toBe(before + 2);
    expect((await newest()).email).toBe(second);
    expect((await ask('GET', `/leads/${ann.id}`)).body).toMatchObject({ name: 'Ann', touch_count: 1 });
  });

  test('stay two leads, and the second one’s real number later goes to their own lead', async () => {
    const [ann, bob] = [email(), email()];
    await isp('0000000000', { email: ann });
    await isp('0000000000', { email: bob });
    const own = await newest();
    await isp('07840 261001', { email: bob });
    expect((await ask('GET', `/leads/${own.id}`)).body).toMatchObject({ phone: '+447840261001', touch_count: 2 });
  });

  test.each([
    ['07777777777', '+447840261002'],
    ['07412345678', '+447840261003'],
  ])('have the filler number %s replaced by a real one', async (filler, real) => {
    const bob = email();
    await isp(filler, { email: bob });
    await isp(real, { email: bob });
    expect(await newest()).toMatchObject({ email: bob, phone: real, touch_count: 2 });
    await getlead({ countrycode: '44', mobileno: filler, email: bob, name: 'Ann Lee' });
    expect((await ask('GET', `/leads?email=${bob}`)).body.data).toMatchObject([{ phone: real }]);
  });

  test('stay two leads when eight digits pass the page’s own check', async () => {
    const before = await count();
    for (const name of ['Ann', 'Bob']) await getlead({ countrycode: '91', mobileno: '12345678', name, email: email() });
    expect(await count()).toBe(before + 2);
  });

  test('stay two leads, flagged as duplicates, when the number is only possible', async () => {
    await isp('07700 900321', { name: 'Ann' });
    const ann = await newest();
    await isp('07700 900321', { name: 'Bob' });
    const bob = await newest();
    expect(bob.id).not.toBe(ann.id);
    expect(await duplicatesOf(bob.id)).toEqual([ann.id]);
    expect(await reasonOf(bob.id)).toContain('phone 07700 900321');
    await isp('07700 900321', { name: 'Bob', email: bob.email, remarks: 'Again' });
    expect((await ask('GET', `/leads/${bob.id}`)).body.touch_count).toBe(2);
  });
});

test('a phone of one lead with the email of another creates a lead flagged as a duplicate of both', async () => {
  const [first, second] = [email(), email()];
  await isp('07840261011', { email: first });
  const ann = await newest();
  await isp('07840261012', { email: second });
  const bob = await newest();
  await isp('07840261011', { email: second });
  const doubtful = await newest();
  expect((await duplicatesOf(doubtful.id)).sort()).toEqual([ann.id, bob.id].sort());
  expect(await reasonOf(doubtful.id)).toBe(
    `Its phone 07840261011 and email ${second} cannot identify one person for certain, so a new lead was created.`,
  );
  await isp('07840261011', { email: second, remarks: 'Again' });
  expect((await ask('GET', `/leads/${doubtful.id}`)).body.touch_count).toBe(2);
});

describe('a phone that two people share', () => {
  const arrivals = async (phone: string, one: object, other: object) => {
    await isp(phone, one);
    const first = await newest();
    await isp(phone, other);
    return { first, second: await newest() };
  };

  test.each([
    ['Mary Jones', 'Peter Jones'],
    ['Mary Jones', 'Samir Khan'],
    ['Herr Max Weber', 'Frau Eva Weber'],
  ])('keeps %s and %s with different emails apart, flagged', async (name, other) => {
    const { first, second } = await arrivals(`0784026${2000 + (await count())}`, { name }, { name: other });
    expect(second.id).not.toBe(first.id);
    expect(await duplicatesOf(second.id)).toEqual([first.id]);
    expect(await reasonOf(second.id)).toContain('cannot identify one person for certain');
    await isp(second.phone, { name: other, email: email() });
    expect((await ask('GET', `/leads/${second.id}`)).body.touch_count).toBe(2);
  });

  test.each([
    ['Jane Smith', 'SMITH, Jane'],
    ['Jane Smith', 'Jane Brown'],
    ['Jane Smith', 'Jnae Smith'],
    ['Elizabeth Smith', 'E. Smith'],
    ['Dr. Jane Smith', 'Jane'],
    ['José Núñez', 'Jose Nunez'],
  ])('joins %s and %s with different emails as one person', async (name, other) => {
    const { first, second } = await arrivals(`0784026${3000 + (await count())}`, { name }, { name: other });
    expect(second).toMatchObject({ id: first.id, touch_count: 2 });
  });
});

describe('a phone that several people share', () => {
  const phone = '07840264001';
  const [mary, peter] = [email(), email()];
  const leadOf = async (address: string) => (await ask('GET', `/leads?email=${address}`)).body.data[0];
  const nameless = (more: Record<string, string> = {}) => getlead({ countrycode: '44', mobileno: phone, ...more });

  test('identifies none of them when it is sent without a name', async () => {
    await isp(phone, { name: 'Mary Jones', email: mary });
    await isp(phone, { name: 'Peter Jones', email: peter });
    await nameless();
    const unknown = await newest();
    expect((await duplicatesOf(unknown.id)).sort()).toEqual([(await leadOf(mary)).id, (await leadOf(peter)).id].sort());
    expect(await reasonOf(unknown.id)).toContain(`phone ${phone} cannot identify one person for certain`);
    await nameless({ feedback: 'Again' });
    expect((await ask('GET', `/leads/${unknown.id}`)).body.touch_count).toBe(2);
  });

  test('identifies one of them together with a name or an email', async () => {
    await nameless({ name: 'Peter Jones' });
    await nameless({ email: peter, feedback: 'Again' });
    expect(await leadOf(peter)).toMatchObject({ touch_count: 3 });
    expect(await leadOf(mary)).toMatchObject({ touch_count: 1 });
  });

  test('does not join people with different emails and no names', async () => {
    const [first, second] = [email(), email()];
    await getlead({ countrycode: '44', mobileno: '07840264002', email: first });
    await getlead({ countrycode: '44', mobileno: '07840264002', email: second });
    expect(await leadOf(second)).toMatchObject({ touch_count: 1, phone: '+447840264002' });
    expect(await duplicatesOf((await leadOf(second)).id)).toEqual([(await leadOf(first)).id]);
  });
});

test('an email that two people share, with a phone each, keeps them apart, flagged', async () => {
  const box = email();
  await isp('07840264011', { name: 'Mary Jones', email: box });
  const first = await newest();
  await isp('07840264012', { name: 'Peter Jones', email: box });
  const second = await newest();
  expect(await duplicatesOf(second.id)).toEqual([first.id]);
  await isp('07840264013', { name: 'M. Jones', email: box });
  expect((await ask('GET', `/leads/${first.id}`)).body.touch_count).toBe(2);
});

test('two people with different names and no email stay two when the number is only possible', async () => {
  await getlead({ countrycode: '44', mobileno: '07700900331', name: 'Ann' });
  const ann = await newest();
  await getlead({ countrycode: '44', mobileno: '07700900331', name: 'Bob' });
  expect(await duplicatesOf((await newest()).id)).toEqual([ann.id]);
});

test.each([
  ['Brian', 'Brina', true],
  ['Leon', 'Noel', false],
  ['Mary', 'Army', false],
])('%s and %s on a possible number are one person: %s', async (first, second, isOne) => {
  const mobileno = `0770090035${first.length}${second.charCodeAt(0) % 10}`.slice(0, 11);
  await getlead({ countrycode: '44', mobileno, name: first });
  const one = await newest();
  await getlead({ countrycode: '44', mobileno, name: second });
  expect((await newest()).id === one.id).toBe(isOne);
});

test('the reason names the key as it was sent', async () => {
  await isp('07840 261021');
  const lead = await newest();
  await isp('+44 (0)7840 261021');
  expect(await reasonOf(lead.id)).toContain('Same phone +44 (0)7840 261021 as this lead.');
});

describe.each(['test@test.com', 'na@na.com', 'noreply@shop.example', 'none@none.com', 'asdf@asdf.com'])(
  'the address %s',
  (filler) => {
    test('joins nobody, and does not replace a real address', async () => {
      const before = await count();
      await ask('POST', '/leads', { name: 'Ann', email: filler });
      await ask('POST', '/leads', { name: 'Bob', email: filler });
      expect(await count()).toBe(before + 2);
      const real = email();
      const phone = `0784026${1100 + before}`;
      await isp(phone, { email: real });
      const lead = await newest();
      const overwriting = await world.token('ispcrm', { policy: 'merge', merge_style: 'overwrite' });
      await world.app.inject({
        method: 'POST',
        url: '/api/v1/subscriber/CreateLead',
        payload: { name: 'Ann', email: filler, phone },
        headers: { authorization: `Bearer ${overwriting}` },
      });
      expect((await ask('GET', `/leads/${lead.id}`)).body).toMatchObject({ email: real, touch_count: 2 });
    });
  },
);

describe('a second phone or email address flags a possible duplicate', () => {
  test('when it is a phone beside a mobile number', async () => {
    await overplane({ first_name: 'Ann', last_name: 'Lee', mobile_no: '07840261031', phone: '07840261032' });
    const first = await newest();
    await dialler('07840261032');
    const second = await newest();
    expect(second.id).not.toBe(first.id);
    expect(await duplicatesOf(second.id)).toEqual([first.id]);
    expect(await duplicatesOf(first.id)).toEqual([second.id]);
  });

  test('when it is in a set of phones and addresses', async () => {
    const [mine, other] = [email(), email()];
    await isp('07840261042', { email: other });
    const known = await newest();
    await crmcom({
      contact_information: {
        ...{ type: 'PERSON', first_name: 'Ann', last_name: 'Lee' },
        phone_set: [
          { type: 'MOBILE', number: '07840261041' },
          { type: 'LANDLINE', number: '07840261042' },
        ],
        email_set: [{ type: 'PERSONAL', email_address: mine }],
      },
    });
    expect((await newest()).phone).toBe('+447840261041');
    expect(await duplicatesOf((await newest()).id)).toEqual([known.id]);
  });

  test('when it is an additional field, or the dialler’s other phone', async () => {
    await getlead({ countrycode: '44', mobileno: '07840261051', alternate_mobile: '07840261052' });
    const first = await newest();
    await dialler('07840261053', { other_phone: '07840 261052' });
    expect(await duplicatesOf((await newest()).id)).toEqual([first.id]);
  });

  test('and never inherits the number when its owner is deleted', async () => {
    await overplane({ first_name: 'Ann', mobile_no: '07840261061', phone: '07840261062' });
    const first = await newest();
    await isp('07840261062');
    await ask('DELETE', `/leads/${(await newest()).id}`);
    await isp('07840261062');
    expect((await newest()).id).not.toBe(first.id);
  });
});

test('an extension is shown, and stored on the touch', async () => {
  await isp('020 7946 0958 ext 204');
  const lead = await newest();
  expect(lead).toMatchObject({ phone: '+442079460958', phone_sent: '020 7946 0958 ext 204', phone_extension: '204' });
  expect(lead.phone_display).toBe('020 7946 0958 ext. 204');
  const { data } = (await ask('GET', `/leads/${lead.id}/touches`)).body;
  expect(data[0].fields.phone_sent).toBe('020 7946 0958 ext 204');
  await ask('POST', `/leads/${lead.id}/calls`, {});
  const { next } = (await ask('GET', '/calls/queue')).body;
  expect(next.map((call: { phone_display: string }) => call.phone_display)).toContain('020 7946 0958 ext. 204');
});

test('a phone in a set supplies the country of the lead’s own phone with the same digits', async () => {
  await crmcom({
    contact_phone: '99550020',
    contact_information: {
      ...{ type: 'PERSON', first_name: 'Ann', last_name: 'Lee' },
      phone_set: [{ type: 'MOBILE', number: '99550020', country_identifier: { code: 'CY' } }],
    },
  });
  expect((await newest()).phone).toBe('+35799550020');
});
