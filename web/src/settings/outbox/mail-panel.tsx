import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { Segments } from '../../ui/segments.tsx';
import { SideDrawer } from '../../ui/side-drawer.tsx';
import { absolute } from '../../ui/times.ts';
import { Facts } from '../layout/facts.tsx';
import { stateWords } from './mail-states.ts';
import classes from './outbox.module.css';

/** One message: its state, and its contents as text and as HTML. */
export function MailPanel({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const mail = useQuery({
    queryKey: ['people', 'outbox', 'one', id],
    queryFn: () => body(api.GET('/v1/outbox/{id}', { params: { path: { id } } })),
  });
  return (
    <SideDrawer label="Message" header={mail.data?.subject ?? 'Message'} onClose={onClose}>
      <DataState query={mail} what="Could not load the message.">
        {(data) => <Contents mail={data} />}
      </DataState>
    </SideDrawer>
  );
}

const unsent: readonly string[] = ['refused', 'failed', 'unsent'];

function Contents({ mail }: { mail: Shape<'MailContents'> }) {
  const [shown, setShown] = useState<'text' | 'html'>('text');
  const { to_name, to_email, state, reason, attempts, created_at, sent_at, message_id, text, html } = mail;
  return (
    <div className={classes.contents}>
      <Facts
        facts={[
          ['To', `${to_name} <${to_email}>`],
          ['State', stateWords[state]],
          ...(reason ? [['Reason', reason] as const] : []),
          ['Created', absolute(created_at)],
          ...(sent_at ? [['Sent', absolute(sent_at)] as const] : []),
          ['Attempts', String(attempts)],
          [
            'Message-ID',
            <span key="id" className={`mono ${classes.id}`}>
              {message_id}
            </span>,
          ],
        ]}
      />
      {unsent.includes(state) && <SendAgain id={mail.id} />}
      <Segments
        label="Format"
        value={shown}
        onChange={setShown}
        segments={[
          { value: 'text', label: 'Text' },
          { value: 'html', label: 'HTML' },
        ]}
      />
      {shown === 'text' ? (
        <pre className={classes.text}>{text}</pre>
      ) : (
        // Nothing in the message may run or reach this page. Inline styles are removed: the page's policy forbids them.
        <iframe
          title="The message as HTML"
          className={classes.html}
          sandbox=""
          srcDoc={html.replace(/ style="[^"]*"/g, '')}
        />
      )}
    </div>
  );
}

function SendAgain({ id }: { id: string }) {
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: () => body(api.POST('/v1/outbox/{id}/resend', { params: { path: { id } } })),
    onSuccess: () => toast.done('Sending the message again'),
    onError: (error) => toast.error(asProblem(error), 'Could not send the message.'),
    onSettled: () => client.invalidateQueries({ queryKey: ['people', 'outbox'] }),
  });
  return (
    <div>
      <Button loading={send.isPending} onClick={() => send.mutate()}>
        Send again
      </Button>
    </div>
  );
}
