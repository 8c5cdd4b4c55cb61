import type { AddressInfo } from 'node:net';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll } from 'vitest';
import type { MailSettings } from '../src/mail/queue-mail.ts';

/** Where a mail server fails: it closes the connection at this step, or refuses with the given status. */
export interface MailFault {
  at: 'connect' | 'sender' | 'recipient' | 'data' | 'afterData';
  status?: number;
}

/** A message as it arrived, parsed, with the recipients named to the server. */
interface Arrived extends ParsedMail {
  recipients: string[];
}

/** A mail server for tests. */
export interface MailServer {
  settings: MailSettings;
  /** All messages that it accepted, even if the connection was closed before it confirmed them. */
  arrived: Arrived[];
  /** How often it closed the connection after accepting a message. */
  brokenOffAfterTaking: number;
  /** How it fails from now on; undefined if it does not fail. */
  fault: MailFault | undefined;
}

/** Starts a mail server; its `settings` tell Leadwell how to reach it. */
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
