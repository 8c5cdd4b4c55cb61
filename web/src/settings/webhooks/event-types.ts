import type { Shape } from '../../api/client.ts';

type EventType = Shape<'Event'>['type'];

/** What each type of event means, in a member's words. The compiler reports a missing type. */
const words: { readonly [T in EventType]: string } = {
  'lead.created': 'A lead is created',
  'lead.updated': 'A lead changes in any way',
  'lead.status_changed': 'A lead moves to another status',
  'lead.assigned': 'A lead gets a new owner',
  'lead.enquired_again': 'A known lead enquires again',
  'lead.deleted': 'A lead is deleted',
  'lead.restored': 'A deleted lead is restored',
  'touch.added': 'An enquiry is added to a lead',
  'note.added': 'A note is added',
  'note.updated': 'A note changes',
  'note.deleted': 'A note is deleted',
  'task.added': 'A task is added',
  'task.updated': 'A task changes',
  'task.completed': 'A task is completed',
  'task.reopened': 'A task is reopened',
  'task.deleted': 'A task is deleted',
  'deal.added': 'A deal is added',
  'deal.updated': 'A deal changes',
  'deal.deleted': 'A deal is deleted',
  'call.planned': 'A call is planned',
  'call.cancelled': 'A planned call is cancelled',
  'call.ended': 'A call ends',
  'call.logged': 'A call is logged',
  'submission.refused': 'A request is refused',
  'submission.failed': 'A request fails because of a server error',
  'webhook.test': 'A member sends a test',
  'webhook.disabled': 'Leadwell disables a webhook',
};

const types = Object.keys(words) as EventType[];

/** All types as options of the log's filter. */
export const typeOptions = types.map((value) => ({ value, label: value }));

/** The types that a webhook can choose, grouped by what they are about. */
export const typeGroups: readonly { label: string; types: readonly { value: string; about: string }[] }[] = [
  ['Leads', 'lead'],
  ['Enquiries', 'touch'],
  ['Notes', 'note'],
  ['Tasks', 'task'],
  ['Deals', 'deal'],
  ['Calls', 'call'],
  ['Requests', 'submission'],
  ['Webhooks', 'webhook'],
].map(([label = '', family]) => ({
  label,
  types: types
    .filter((type) => type.startsWith(`${family}.`) && type !== 'webhook.test')
    .map((value) => ({ value, about: words[value] })),
}));

/** `all events`, the only type, or the number of types. */
export function eventsText(events: readonly string[]): string {
  if (events.includes('*')) return 'all events';
  return events.length === 1 ? (events[0] ?? '') : `${events.length} event types`;
}
