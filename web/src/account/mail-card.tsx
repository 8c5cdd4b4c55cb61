import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body, type Shape } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import { Card } from '../ui/card.tsx';
import { DataState } from '../ui/feedback/data-state.tsx';
import { toast } from '../ui/feedback/toast.tsx';
import classes from './account.module.css';

type Preferences = Shape<'MailPreferences'>;
const key = ['people', 'mail'];

/** Lets the signed-in person choose which kinds of mail they get. */
export function MailCard() {
  const mail = useQuery({ queryKey: key, queryFn: () => body(api.GET('/v1/me/mail')) });
  return (
    <Card title="Email notifications" text={mail.data && `Sent to ${mail.data.email}.`}>
      <DataState query={mail} what="Could not load your email settings.">
        {({ sends, bounced, kinds }) => (
          <div className={classes.form}>
            {!sends && <p className="muted">This server does not send email yet. Your choices apply once it does.</p>}
            {bounced && <p role="alert">The mail server refused your address: {bounced}</p>}
            {kinds.map((kind) => (
              <Kind key={kind.kind} {...kind} />
            ))}
          </div>
        )}
      </DataState>
    </Card>
  );
}

function Kind({ kind, label, about, wanted }: Preferences['kinds'][number]) {
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (on: boolean) => body(api.PATCH('/v1/me/mail', { body: { kind, wanted: on } })),
    onSuccess: (now) => client.setQueryData(key, now),
    onError: (error) => toast.error(asProblem(error), 'Could not save your email settings.'),
  });
  return (
    <Switch
      label={label}
      description={about}
      checked={save.isPending ? save.variables : wanted}
      onChange={(event) => save.mutate(event.currentTarget.checked)}
    />
  );
}
