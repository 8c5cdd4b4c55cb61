import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body, type Shape } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import { Card } from '../ui/card.tsx';
import { DataState } from '../ui/feedback/data-state.tsx';
import { SkeletonRows } from '../ui/feedback/skeleton-rows.tsx';
import { toast } from '../ui/feedback/toast.tsx';
import { Pill } from '../ui/pill.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import classes from './account.module.css';
import { nameOfBrowser } from './name-of-browser.ts';

const key = ['people', 'sessions'];

/** Lists the person's sessions, each with a button to end it. */
export function SessionsCard() {
  const sessions = useQuery({ queryKey: key, queryFn: () => body(api.GET('/v1/me/sessions')) });
  return (
    <Card title="Where you are signed in" text="End any session you do not recognise, then change your password.">
      <DataState query={sessions} what="Could not load your sessions." skeleton={<SkeletonRows rows={2} />}>
        {({ data }) => (
          <ul className={classes.sessions}>
            {data.map((session) => (
              <Session key={session.id} session={session} />
            ))}
          </ul>
        )}
      </DataState>
    </Card>
  );
}

function Session({ session }: { session: Shape<'SessionView'> }) {
  const client = useQueryClient();
  const name = nameOfBrowser(session.user_agent);
  const end = useMutation({
    mutationFn: () => api.DELETE('/v1/me/sessions/{id}', { params: { path: { id: session.id } } }),
    onSuccess: () => toast.done(`Signed out ${name}`),
    onError: (error) => toast.error(asProblem(error), 'Could not end the session.'),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
  return (
    <li>
      <div>
        <p>
          {name} {session.current && <Pill tone="won">This session</Pill>}
        </p>
        <p className="muted">
          {session.address || 'unknown IP address'} · {session.workspace} · signed in{' '}
          <RelativeTime at={session.created_at} /> · last active <RelativeTime at={session.last_seen_at} />
        </p>
      </div>
      {!session.current && (
        <Button loading={end.isPending} onClick={() => end.mutate()} aria-label={`Sign out ${name}`}>
          Sign out
        </Button>
      )}
    </li>
  );
}
