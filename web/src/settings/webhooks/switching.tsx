import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { ConfirmDanger } from '../../ui/feedback/confirm-danger.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useWebhookChange, type Webhook } from './get-webhooks.ts';
import { countText, disabledText } from './health.tsx';
import { Replay } from './replay.tsx';
import classes from './webhooks.module.css';

/** Says that a webhook is disabled, or that events are still held for it, and what can be done. */
export function Switching({ webhook }: { webhook: Webhook }) {
  const { id, enabled, held, disabled_at: at, disabled_because: because } = webhook;
  const [isReplaying, setReplaying] = useState(false);
  const enable = useWebhookChange(
    () => body(api.PATCH('/v1/webhooks/{id}', { params: { path: { id } }, body: { enabled: true } })),
    {
      failed: 'Could not enable the webhook.',
      onSuccess: (now) => {
        toast.done('Webhook enabled');
        if (now.held > 0) setReplaying(true);
      },
    },
  );
  const heldText = `${countText(held)} ${held === 1 ? 'event is' : 'events are'} held`;
  return (
    <>
      {!enabled && (
        <section className={classes.notice} aria-label="Disabled">
          <p>
            Disabled <RelativeTime at={at} />. {because && disabledText[because]}{' '}
            {held > 0 ? `${heldText}; none are lost.` : 'New events are held; none are lost.'}
          </p>
          <Button variant="filled" loading={enable.isPending} onClick={() => enable.mutate(undefined)}>
            Enable
          </Button>
        </section>
      )}
      {enabled && held > 0 && (
        <section className={classes.notice} aria-label="Held events">
          <p>{heldText} from the time it was disabled. Replay them to send them.</p>
          <Button variant="filled" onClick={() => setReplaying(true)}>
            Replay held events…
          </Button>
        </section>
      )}
      {isReplaying && <Replay webhook={webhook} state="held" onClose={() => setReplaying(false)} />}
    </>
  );
}

/** Disables or deletes a webhook. */
export function DeleteWebhook({ webhook }: { webhook: Webhook }) {
  const { id, enabled, url } = webhook;
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  const path = { id };
  const disable = useWebhookChange(
    () => body(api.PATCH('/v1/webhooks/{id}', { params: { path }, body: { enabled: false } })),
    { failed: 'Could not disable the webhook.', onSuccess: () => toast.done('Webhook disabled') },
  );
  const remove = useWebhookChange(() => body(api.DELETE('/v1/webhooks/{id}', { params: { path } })), {
    failed: 'Could not delete the webhook.',
    onSuccess: () => {
      toast.done('Webhook deleted');
      void navigate({ to: '/settings/webhooks' as string });
    },
  });
  return (
    <Card title="Disable or delete">
      <p className="note">While a webhook is disabled, its events are held and can be replayed later.</p>
      <div className={classes.actions}>
        {enabled && (
          <Button loading={disable.isPending} onClick={() => disable.mutate(undefined)}>
            Disable
          </Button>
        )}
        <Button onClick={() => setDeleting(true)}>Delete…</Button>
      </div>
      <ConfirmDanger
        opened={isDeleting}
        title="Delete this webhook?"
        action="Delete webhook"
        typed={new URL(url).host}
        busy={remove.isPending}
        onClose={() => setDeleting(false)}
        onConfirm={() => remove.mutate(undefined)}
      >
        <p>No more events will be sent to it, and its delivery log will be deleted. This cannot be undone.</p>
      </ConfirmDanger>
    </Card>
  );
}
