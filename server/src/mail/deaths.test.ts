import { expect, test } from 'vitest';
import { addressesIn, type MailFault, mailServer } from '../../test/mail-server.ts';
import { ownHeaders } from '../../test/notices.ts';
import { testWorld } from '../../test/world.ts';
import { isMailable } from '../platform/email.ts';
import { queueMail } from './queue-mail.ts';
import { sendBySmtp } from './smtp.ts';

// `npm run prove:mail` runs many more.
const DEATHS = Number(process.env['DEATHS'] ?? 15);
const NAMES = Number(process.env['HOSTILE_NAMES'] ?? 30);
const steps: readonly MailFault['at'][] = ['afterData', 'connect', 'sender', 'recipient', 'data'];

const mail = await mailServer();
const world = await testWorld({ mail: mail.settings });
let now = Date.parse('2026-03-02T09:00:00Z');
const later = (minutes: number) => {
  now += minutes * 60_000;
  world.setClock(new Date(now));
};
later(0);

/** Queues one message to each of these names, at its own address. */
async function queue(names: readonly string[]): Promise<void> {
  await world.database.tx(world.workspaceId, async (tx) => {
    for (const name of names) {
      const to = { name, email: `${name}@example.com` };
      const body = { paragraphs: ['Hello.'] };
      await queueMail(
        tx,
        mail.settings,
        { kind: 'invitation', cause: name, to, subject: name, body },
        world.parts.clock(),
      );
    }
  });
}

const attempts = async () => {
  const [row] = await world.query<{ all: number }>('SELECT coalesce(sum(attempts), 0)::int AS all FROM mails');
  return row?.all ?? 0;
};

test(`a mail server that dies ${DEATHS} times, at every step, loses no mail and repeats only what it had accepted`, {
  timeout: 600_000,
}, async () => {
  let round = 0;
  for (let deaths = 0; deaths < DEATHS; deaths = (await attempts()) - sent()) {
    // In some rounds the mail server works, because otherwise messages would be given up after two days.
    const at = steps[round % (steps.length + 1)];
    mail.fault = at && { at };
    round += 1;
    await queue([1, 2, 3, 4, 5].map((number) => `death-${round}-${number}`));
    await world.parts.jobs.runDue();
    // Longer than most retry delays, so that messages that failed at one step fail next at another.
    later(400);
  }
  mail.fault = undefined;
  for (let left = 10; left > 0; left -= 1) {
    await world.parts.jobs.runDue();
    later(1_500);
  }
  const states = await world.query('SELECT DISTINCT state FROM mails');
  expect(states).toEqual([{ state: 'sent' }]);
  const stored = await world.query<{ message_id: string; to_email: string }>('SELECT message_id, to_email FROM mails');
  const ids = new Map(stored.map(({ message_id, to_email }) => [message_id, to_email]));
  for (const { messageId, recipients } of mail.arrived) expect(recipients).toEqual([ids.get(messageId ?? '')]);
  expect(new Set(mail.arrived.map(({ messageId }) => messageId)).size).toBe(ids.size);
  // A message arrived twice only if the server had broken off after accepting it.
  expect(mail.arrived.length - ids.size).toBe(mail.brokenOffAfterTaking);
});

/** The number of different messages that have arrived. */
function sent(): number {
  return new Set(mail.arrived.map(({ messageId }) => messageId)).size;
}

/** Pieces that begin headers, addresses, lists, groups, comments and encoded words, combined at random. */
const pieces =
  'a|Eve|\r\n|\n|\r|\0|Bcc: victim@evil.example|,|;|:|<|>|(|)|"|\\|@|victim@evil.example|=?utf-8?q?=0D=0A?=|\u2028|\u0085|группа| |.|'
    .split('|')
    .concat('To: x@evil.example\r\n\r\n', '\r\n.\r\nMAIL FROM:<x@evil.example>\r\n', '%0d%0aBcc:', '\u{1F4DE}', '|');

test(`${NAMES} hostile names, subjects and addresses add no recipient and no header`, {
  timeout: 600_000,
}, async () => {
  let seed = 7;
  const dice = (sides: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * sides);
  };
  const text = () => Array.from({ length: 1 + dice(6) }, () => pieces[dice(pieces.length)]).join('');
  const { smtp, from } = mail.settings;
  if (!smtp) throw new Error('There is no mail server.');
  for (let at = 0; at < NAMES; at += 1) {
    mail.arrived.length = 0;
    const [name, subject, local] = [text(), text(), at === 0 ? '=?utf-8?q?=0D=0A?=' : text()];
    // Mail is sent only to valid addresses.
    const hostile = `${local}@example.com`;
    const address = isMailable(hostile) ? hostile : 'ann@example.com';
    const message = { from: { ...from, name: text() }, to: { name, address }, subject, text: text(), html: text() };
    const outcome = await sendBySmtp(smtp, { ...message, messageId: `<${at}@example.com>`, date: new Date(now) });
    const told = JSON.stringify({ name, subject, address });
    expect([told, outcome.kind]).toEqual([told, 'sent']);
    const [arrived] = mail.arrived;
    expect([told, mail.arrived.length, arrived?.recipients]).toEqual([told, 1, [address]]);
    expect([told, addressesIn(arrived?.to)]).toEqual([told, [address]]);
    expect([told, addressesIn(arrived?.from)]).toEqual([told, [from.address]]);
    expect([told, arrived?.cc, arrived?.bcc, arrived?.messageId]).toEqual([
      told,
      undefined,
      undefined,
      `<${at}@example.com>`,
    ]);
    const headers = [...(arrived?.headers.keys() ?? [])].filter((header) => !ownHeaders.has(header));
    expect([told, headers]).toEqual([told, []]);
  }
});
