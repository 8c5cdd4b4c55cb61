import type { Shape } from '../../api/client.ts';
import type { Tone } from '../../ui/pill.tsx';

export type Mail = Shape<'MailView'>;

export const stateWords: Readonly<Record<Mail['state'], string>> = {
  queued: 'Waiting',
  held: 'Held',
  collected: 'Combined',
  sent: 'Sent',
  refused: 'Refused',
  failed: 'Not sent',
  unsent: 'No mail server',
};

export const stateTones: Readonly<Record<Mail['state'], Tone>> = {
  queued: 'contacted',
  held: 'neutral',
  collected: 'neutral',
  sent: 'won',
  refused: 'bad',
  failed: 'bad',
  unsent: 'neutral',
};
