import type { ReactNode } from 'react';
import '@mantine/core/styles/PasswordInput.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { api, body } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import { ErrorBar } from '../ui/feedback/error-bar.tsx';
import { SkeletonRows } from '../ui/feedback/skeleton-rows.tsx';
import { Frame } from './frame.tsx';
import { WelcomeForm } from './welcome-form.tsx';

const route = getRouteApi('/welcome/$secret');

/** The page of a one-time link: joins the workspace or resets the password. */
export function WelcomePage(): ReactNode {
  const { secret } = route.useParams();
  const invitation = useQuery({
    queryKey: ['invitation', secret],
    queryFn: () => body(api.GET('/v1/invitations/{secret}', { params: { path: { secret } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (invitation.data) return <WelcomeForm secret={secret} invitation={invitation.data} />;
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
      text="It was already used or replaced, or it is older than a week. Ask whoever invited you for a new one."
      foot={<Link to="/sign-in">Sign in with your password</Link>}
    />
  );
}
