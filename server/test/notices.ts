import { queueMail } from '../src/mail/queue-mail.ts';
import type { World } from './world.ts';

/** A message as the outbox lists it. */
export interface Queued {
  id: string;
  state: string;
  subject: string;
  to_email: string;
  reason: string | null;
}

/** The headers that our messages have. */
export const ownHeaders = new Set(
  ['from to subject message-id date auto-submitted mime-version content-type content-transfer-encoding list']
    .concat('list-unsubscribe list-unsubscribe-post')
    .flatMap((names) => names.split(' ')),
);

let causes = 0;

/** Returns a function that queues a notice to a member, as if something had happened. */
export function noticesOf(world: World, settings: Parameters<typeof queueMail>[1]) {
  return async (memberId: string, subject = 'Something happened', kind: 'assignment' | 'digest' = 'assignment') => {
    causes += 1;
    const to = (await world.parts.referenceCache.get(world.workspaceId)).get('member', memberId);
    await world.database.tx(world.workspaceId, (tx) =>
      queueMail(
        tx,
        settings,
        {
          kind,
          cause: `test:${causes}`,
          to: { memberId, name: to?.name ?? '', email: to?.email ?? '' },
          subject,
          body: { paragraphs: ['It did.'], button: { label: 'Look', path: '/app/leads' } },
        },
        world.parts.clock(),
      ),
    );
  };
}
