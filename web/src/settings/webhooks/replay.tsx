import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, body } from '../../api/client.ts';
import { RunningJob } from '../../app/job-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
import { Segments } from '../../ui/segments.tsx';
import { useWebhookChange, type Webhook } from './get-webhooks.ts';
import classes from './webhooks.module.css';

const choices = [
  { value: 'missed', label: 'Held and given up' },
  { value: 'held', label: 'Held' },
  { value: 'failed', label: 'Given up' },
  { value: 'delivered', label: 'Delivered' },
] as const;
type Choice = (typeof choices)[number]['value'];

interface Props {
  webhook: Webhook;
  /** The initial choice. */
  state?: Choice;
  onClose: () => void;
}

/** Sends the events of a period again, with their original ids, and shows the progress. */
export function Replay({ webhook, state: first = 'missed', onClose }: Props) {
  const [state, setState] = useState<Choice>(first);
  const [since, setSince] = useState(local(webhook.created_at));
  const [until, setUntil] = useState('');
  const replay = useWebhookChange(
    () =>
      body(
        api.POST('/v1/webhooks/{id}/replay', {
          params: { path: { id: webhook.id } },
          body: {
            since: new Date(since).toISOString(),
            ...(until && { until: new Date(until).toISOString() }),
            ...(state !== 'missed' && { state }),
          },
        }),
      ),
    { failed: 'Could not replay the events.' },
  );
  return (
    <Dialog onClose={onClose} title="Replay events" size={560}>
      <Form
        className={classes.stack}
        onSubmit={() => {
          if (since && !replay.isPending) replay.mutate(undefined);
        }}
      >
        <p className="note">
          Events from this period are sent again with the same IDs, so the receiver can recognise those it has already
          seen.
        </p>
        <Segments label="Events to replay" segments={choices} value={state} onChange={setState} />
        <div className={classes.pair}>
          <TextInput
            label="From"
            type="datetime-local"
            value={since}
            required
            onChange={({ currentTarget }) => setSince(currentTarget.value)}
          />
          <TextInput
            label="Until"
            description="Leave empty to replay up to now."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            type="datetime-local"
            value={until}
            onChange={({ currentTarget }) => setUntil(currentTarget.value)}
          />
        </div>
        {replay.data && <RunningJob id={replay.data.id} label="Replay" />}
        <div className={classes.actions}>
          <Button onClick={onClose}>{replay.data ? 'Close' : 'Cancel'}</Button>
          {!replay.data && (
            <Button type="submit" variant="filled" loading={replay.isPending}>
              Replay
            </Button>
          )}
        </div>
      </Form>
    </Dialog>
  );
}

/** A moment in the format of datetime-local inputs: local time, cut off after the minute. */
function local(at: string): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
