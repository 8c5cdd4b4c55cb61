import { Button } from '@mantine/core';
import { useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Code } from '../tokens/code.tsx';
import { type DeliveryDetail, useDelivery, useWebhookChange } from './get-webhooks.ts';
import { StatePill } from './health.tsx';
import classes from './webhooks.module.css';

interface Props {
  id: string;
  /** False for a disabled webhook, which is sent nothing. */
  mayResend: boolean;
  onClose: () => void;
}

/** One delivery: what is sent, beside the response to each attempt. */
export function DeliveryDialog({ id, mayResend, onClose }: Props) {
  const delivery = useDelivery(id);
  const resend = useWebhookChange(() => body(api.POST('/v1/deliveries/{id}/resend', { params: { path: { id } } })), {
    failed: 'Could not send the event again.',
    onSuccess: () => toast.done('Sending again'),
  });
  return (
    <Dialog onClose={onClose} title={delivery.data?.type ?? 'Delivery'} size={1040} keepsNothing>
      <DataState query={delivery} what="Could not load the delivery.">
        {(found) => (
          <div className={classes.stack}>
            <div className={classes.about}>
              <StatePill state={found.state} />
              <span>
                happened <RelativeTime at={found.created_at} />
              </span>
              {found.next_attempt_at && (
                <span>
                  next attempt <RelativeTime at={found.next_attempt_at} />
                </span>
              )}
              <span className="mono muted">{found.event_id}</span>
              {mayResend && (
                <Button className={classes.end} loading={resend.isPending} onClick={() => resend.mutate(undefined)}>
                  Send again
                </Button>
              )}
            </div>
            <Sides delivery={found} />
          </div>
        )}
      </DataState>
    </Dialog>
  );
}

function Sides({ delivery: { body: sent, attempt_list: attempts } }: { delivery: DeliveryDetail }) {
  const [chosen, setChosen] = useState<number>();
  const attempt = attempts.find((one) => one.attempt === chosen) ?? attempts.at(-1);
  return (
    <div className={classes.sides}>
      <section aria-label="Request" className={classes.stack}>
        <h3 className="small-title">Request</h3>
        <Code label="request body" text={JSON.stringify(JSON.parse(sent), null, 2)} />
        <p className="note">
          This is how it would be sent now; sent bodies are not stored. Each attempt has a new signature and timestamp,
          but the same ID.
        </p>
      </section>
      <section aria-label="Response" className={classes.stack}>
        <h3 className="small-title">Response</h3>
        {attempts.length > 1 && (
          <ol className="plain-list" aria-label="Attempts">
            {attempts.map((one) => (
              <li key={one.attempt}>
                <button
                  type="button"
                  className={classes.attempt}
                  aria-pressed={one.attempt === attempt?.attempt}
                  onClick={() => setChosen(one.attempt)}
                >
                  <span>{one.attempt}.</span>
                  <span className={one.error ? classes.bad : undefined}>{one.error ?? one.status}</span>
                  <span className="muted">
                    <RelativeTime at={one.at} />, {one.took_ms.toLocaleString()} ms
                  </span>
                </button>
              </li>
            ))}
          </ol>
        )}
        {attempt ? <Answer attempt={attempt} /> : <p className="note">Not sent yet.</p>}
      </section>
    </div>
  );
}

function Answer({ attempt }: { attempt: DeliveryDetail['attempt_list'][number] }) {
  const { status, error, took_ms: took, answer } = attempt;
  return (
    <>
      <p className="note">
        {status === null ? 'No response' : `Status ${status}`} after {took.toLocaleString()} ms
        {error && <span className={classes.bad}>: {error}</span>}
      </p>
      {answer ? <Code label="response body" text={answer} /> : <p className="note">Empty body.</p>}
    </>
  );
}
