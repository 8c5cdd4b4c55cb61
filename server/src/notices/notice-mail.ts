import type { MailBody } from '../mail/compose.ts';
import { typeId } from '../platform/ids.ts';
import type { NoticedLead } from './notice-store.ts';

/** A message without a recipient. */
interface Said {
  subject: string;
  body: MailBody;
}

/** Most leads that a message names; of the others it gives only the number. */
const MOST_NAMED = 20;

/** The message about leads that were assigned to a member. */
export function assignmentMail(leads: readonly NoticedLead[], workspace: string): Said {
  const [first] = leads;
  return {
    subject:
      leads.length === 1 && first ? `${first.name} was assigned to you` : `${leads.length} leads were assigned to you`,
    body: {
      paragraphs: [leads.length === 1 ? 'This lead was assigned to you.' : 'These leads were assigned to you.'],
      ...listed(leads),
      footer: `You are receiving this because you are a member of ${workspace}.`,
    },
  };
}

/** The message about new leads without an owner. */
export function waitingMail(leads: readonly NoticedLead[], workspace: string): Said {
  const [first] = leads;
  return {
    subject:
      leads.length === 1 && first ? `A new lead is waiting: ${first.name}` : `${leads.length} new leads are waiting`,
    body: {
      paragraphs: [leads.length === 1 ? 'A new lead has no owner yet.' : 'These new leads have no owner yet.'],
      ...listed(leads),
      footer: `You are receiving this because you can be given leads in ${workspace}.`,
    },
  };
}

function listed(leads: readonly NoticedLead[]): Pick<MailBody, 'items' | 'button'> {
  const named = leads.slice(0, MOST_NAMED).map(({ id, name }) => ({ text: name, path: pathOf(id) }));
  const more = leads.length - named.length;
  const [only] = leads;
  return {
    items: more > 0 ? [...named, { text: `and ${more} more` }] : named,
    button:
      leads.length === 1 && only
        ? { label: 'Open the lead', path: pathOf(only.id) }
        : { label: 'Open leads', path: '/app/leads' },
  };
}

/** The page of a lead in the web app. */
export function pathOf(leadId: string): string {
  return `/app/leads/${typeId('lead', leadId)}`;
}

const reasons = {
  failing: 'All attempts to send to it failed for five days.',
  gone: 'It answered that it is permanently gone.',
  asked: 'It asked not to be sent any more events.',
} as const;

/** The message about a webhook that was switched off. */
export function webhookMail({ reason }: { reason: keyof typeof reasons }, workspace: string): Said {
  return {
    subject: `A webhook of ${workspace} was switched off`,
    body: {
      paragraphs: [
        `A webhook of ${workspace} was switched off. ${reasons[reason]}`,
        'Its events are held in the meantime. Once the receiver works, switch it on again and replay the held events.',
      ],
      button: { label: 'Open webhooks', path: '/app/settings/webhooks' },
      footer: 'You are receiving this because you are an administrator of this workspace.',
    },
  };
}
