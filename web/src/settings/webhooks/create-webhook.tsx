import { api, body, type Shape } from '../../api/client.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ItemForm } from '../form/item-form.tsx';
import { useRenewWebhooks, type WebhookWithSecret } from './get-webhooks.ts';
import { bodyOf, useWebhookFields } from './webhook-fields.tsx';

const blank = { url: null, description: null, events: ['*'], sources: [], types: [], departments: [] };

/** The form for a new webhook. */
export function CreateWebhook({ onMade, onClose }: { onMade: (made: WebhookWithSecret) => void; onClose: () => void }) {
  const fields = useWebhookFields();
  const renew = useRenewWebhooks();
  const create = async (changed: Record<string, unknown>) => {
    const settings = { events: blank.events, url: '', ...bodyOf(changed, blank) };
    onMade(await body(api.POST('/v1/webhooks', { body: settings as Shape<'WebhookCreate'> })));
    await renew();
  };
  return (
    <Dialog onClose={onClose} title="New webhook" size={680}>
      <ItemForm fields={fields} saved={blank} action="Create webhook" onSave={create} onClose={onClose} />
    </Dialog>
  );
}
