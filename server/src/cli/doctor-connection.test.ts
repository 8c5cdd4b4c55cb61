import { expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { readHosts } from '../platform/database/hosts.ts';
import type { DataStore } from '../store.ts';
import { checkConnection, checkReading, rateEmbedded } from './doctor-connection.ts';

const { db, connections } = await testDatabase();
const { host = '', port, user = '', password = '', database } = connections.app;
const place = (app: DataStore['app']): DataStore => ({
  owner: connections.owner,
  app,
  admin: connections.owner,
  version: '17.1',
  close: async () => {},
});
const at = (names: string) =>
  readHosts(
    `postgres://${user}:${encodeURIComponent(password)}@${names}/${database}?host=${encodeURIComponent(host)}&port=${port}`,
  );

test('the doctor reports the role of sessions, any pooler, the host that takes writes and its standbys', async () => {
  expect(await checkConnection(place({ hosts: at(''), role: 'leadwell_app' }))).toEqual([
    { check: 'session', state: 'ok', text: expect.stringContaining('runs as leadwell_app') },
    { check: 'pooler', state: 'ok', text: expect.stringContaining('none') },
    { check: 'hosts', state: 'ok', text: 'one in DATABASE_URL: the local socket' },
    { check: 'standbys', state: 'ok', text: expect.stringContaining('none') },
  ]);
  expect(await checkConnection(place({ hosts: at('first:1,second:2'), role: 'leadwell_app' }))).toContainEqual({
    check: 'hosts',
    state: 'ok',
    text: '2 in DATABASE_URL; first:1 takes writes',
  });
});

test('the doctor fails if sessions run as another role', async () => {
  const asSomebody = { ...connections.owner, user: 'leadwell_owner', role: 'leadwell_app' };
  const [session] = await checkConnection(place(asSomebody));
  expect(session).toMatchObject({ check: 'session', state: 'fail' });
});

test('the doctor warns of an outdated embedded PostgreSQL', () => {
  expect(rateEmbedded('18.4')).toMatchObject({ state: 'warn', text: expect.stringContaining('DATABASE_URL') });
  expect(rateEmbedded('18.6')).toMatchObject({ state: 'ok' });
});

test('the doctor says which database reports are read from', async () => {
  expect(await checkReading(db, null)).toMatchObject({ state: 'ok', text: expect.stringContaining('the primary') });
  const nowhere = { url: 'postgres://u:p@127.0.0.1:1/crm', lag: 2000 };
  const text = expect.stringMatching(/read from the primary: .*127\.0\.0\.1:1|read from the primary: .*ECONNREFUSED/);
  expect(await checkReading(db, nowhere)).toEqual({ check: 'reports', state: 'warn', text });
});
