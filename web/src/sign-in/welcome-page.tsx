import { type ReactNode, useState } from 'react';
import '@mantine/core/styles/PasswordInput.css';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, body, type Shape } from '../api/client.ts';
import type { Me } from '../api/me.ts';
import { asProblem, readProblem } from '../api/problem.ts';
import { ErrorBar } from '../ui/feedback/error-bar.tsx';
import { SkeletonRows } from '../ui/feedback/skeleton-rows.tsx';
import classes from './frame.module.css';
import { Frame } from './frame.tsx';
import { JoinForm } from './join-form.tsx';
import { WelcomeForm } from './welcome-form.tsx';

const route = getRouteApi('/welcome/$secret');

/** The page behind a one-time link: joins the workspace or resets the password. */
export function WelcomePage(): ReactNode {
  const { secret } = route.useParams();
  const invitation = useQuery({
    queryKey: ['invitation', secret],
    queryFn: () => body(api.GET('/v1/invitations/{secret}', { params: { path: { secret } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const me = useQuery(visitorQuery);
  const [fresh, setFresh] = useState(false);
  if (invitation.data && !me.isPending)
    return (
      <Accept
        secret={secret}
        invitation={invitation.data}
        me={fresh ? undefined : (me.data ?? undefined)}
        onFresh={() => setFresh(true)}
      />
    );
  if (!invitation.error)
    return (
      <Frame title="Welcome">
        <SkeletonRows rows={3} label="Checking the link" />
      </Frame>
    );
  const problem = asProblem(invitation.error);
  if (problem.status !== 410)
    return (
      <Frame title="Welcome">
        <ErrorBar problem={problem} what="Could not check the link." onRetry={() => void invitation.refetch()} />
      </Frame>
    );
  return (
    <Frame
      title="This link no longer works"
      text="It has been used, replaced or has expired. Ask the person who sent it for a new one."
      foot={<Link to="/sign-in">Sign in with your password</Link>}
    />
  );
}

/** The signed-in person; null if nobody is signed in, because the page is open to everybody. */
const visitorQuery = queryOptions({
  queryKey: ['invitation', 'visitor'],
  queryFn: async () => {
    const response = await fetch('/v1/me', { credentials: 'same-origin' });
    if (response.status === 401) return null;
    if (!response.ok) throw await readProblem(response);
    return (await response.json()) as Me;
  },
});

interface AcceptProps {
  secret: string;
  invitation: Shape<'InvitationView'>;
  me: Me | undefined;
  onFresh: () => void;
}

/** A signed-in person accepts with their account, anybody else with a new one; both are offered the other way. */
function Accept({ secret, invitation, me, onFresh }: AcceptProps) {
  if (invitation.joined || invitation.first_run) return <WelcomeForm secret={secret} invitation={invitation} />;
  if (me)
    return (
      <JoinForm
        secret={secret}
        invitation={invitation}
        me={me}
        foot={
          <button type="button" className={classes.link} onClick={onFresh}>
            Join with a new account instead
          </button>
        }
      />
    );
  return (
    <WelcomeForm
      secret={secret}
      invitation={invitation}
      foot={
        <>
          Do you work in another workspace here?{' '}
          <Link to="/sign-in" search={{ next: `/welcome/${secret}` }}>
            Sign in to join with that account
          </Link>
        </>
      }
    />
  );
}
