import type { AddressInfo } from 'node:net';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll } from 'vitest';
import type { MailSettings } from '../src/mail/queue-mail.ts';

/** Where a mail server fails: it breaks off at a step, or refuses there with this status. */
export interface MailFault {
  at: 'connect' | 'sender' | 'recipient' | 'data' | 'afterData';
  status?: number;
}

/** A message as it arrived: parsed, and the recipients that the server was told. */
interface Arrived extends ParsedMail {
  recipients: string[];
}

/** A mail server of our own. */
export interface MailServer {
  settings: MailSettings;
  /** Everything that it accepted, also if it broke off before it said so. */
  arrived: Arrived[];
  /** How often it broke off after it had taken a message. */
  brokenOffAfterTaking: number;
  /** How it fails from now on; undefined not at all. */
  fault: MailFault | undefined;
}

/** Starts a mail server, and says how Leadwell reaches it. */
export async function mailServer(base = 'https://leads.example.com'): Promise<MailServer> {
  const arrived: Arrived[] = [];
  const at = (step: MailFault['at'], session: unknown): Error | null => {
    if (mail.fault?.at !== step) return null;
    const { status } = mail.fault;
    if (status !== undefined) return Object.assign(new Error('No such mailbox here'), { responseCode: status });
    for (const connection of server.connections) connection.close();
    return new Error(`broken off in ${typeof session}`);
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onConnect: (session, done) => done(at('connect', session)),
    onMailFrom: (_address, session, done) => done(at('sender', session)),
    onRcptTo: (_address, session, done) => done(at('recipient', session)),
    onData(stream, session, done) {
      simpleParser(stream).then((parsed) => {
        const refused = at('data', session);
        if (refused) return done(refused);
        arrived.push({ ...parsed, recipients: session.envelope.rcptTo.map(({ address }) => address) });
        const broken = at('afterData', session);
        if (broken) mail.brokenOffAfterTaking += 1;
        return done(broken);
      }, done);
    },
  });
  server.on('error', () => {});
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', () => done());
  });
  afterAll(() => new Promise<void>((done) => server.close(() => done())));
  const { port } = server.server.address() as AddressInfo;
  const mail: MailServer = {
    settings: {
      smtp: { host: '127.0.0.1', port, secure: false, auth: null },
      from: { name: 'Leadwell', address: 'leads@example.com' },
      base,
    },
    arrived,
    brokenOffAfterTaking: 0,
    fault: undefined,
  };
  return mail;
}

/** The addresses in a header. */
export function addressesIn(header: AddressObject | AddressObject[] | undefined): string[] {
  return [header ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''));
}
