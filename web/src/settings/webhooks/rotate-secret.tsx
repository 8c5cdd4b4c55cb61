import { Button } from '@mantine/core';
import { useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Segments } from '../../ui/segments.tsx';
import { useWebhookChange, type Webhook, type WebhookWithSecret } from './get-webhooks.ts';
import { WebhookSecret } from './webhook-secret.tsx';
import classes from './webhooks.module.css';

const overlaps = [
  { value: '0', label: 'stops signing now' },
  { value: '24', label: 'signs for 24 more hours' },
  { value: '168', label: 'signs for 7 more days' },
] as const;

/**
 * Replaces the secret. Both secrets can sign for a while, so that the receiver can be changed without losing events.
 */
export function RotateSecret({ webhook: { id, old_secret_ends_at: ends } }: { webhook: Webhook }) {
  const [overlap, setOverlap] = useState<(typeof overlaps)[number]['value']>('24');
  const [made, setMade] = useState<WebhookWithSecret>();
  const rotate = useWebhookChange(
    () =>
      body(
        api.POST('/v1/webhooks/{id}/rotate', { params: { path: { id } }, body: { overlap_hours: Number(overlap) } }),
      ),
    { failed: 'Could not rotate the secret.', onSuccess: setMade },
  );
  return (
    <Card title="Secret">
      <div className={classes.stack}>
        <p className="note">
          Requests are signed with a secret that was shown once. Rotating creates a new one; while both sign, the
          receiver can verify with either.
        </p>
        {ends && (
          <p className="warning">
            The old secret still signs requests too. It ends <RelativeTime at={ends} />.
          </p>
        )}
        <Segments label="The old secret" segments={overlaps} value={overlap} onChange={setOverlap} />
        <div className={classes.actions}>
          <Button loading={rotate.isPending} onClick={() => rotate.mutate(undefined)}>
            Rotate
          </Button>
        </div>
      </div>
      {made && (
        <WebhookSecret
          made={made}
          note={`The old secret ${overlaps.find(({ value }) => value === overlap)?.label}.`}
          onClose={() => setMade(undefined)}
        />
      )}
    </Card>
  );
}
