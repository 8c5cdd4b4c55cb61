import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api, body } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import classes from './frame.module.css';
import { Frame, Wrong } from './frame.tsx';

const route = getRouteApi('/unsubscribe/$token');

/**
 * Ends a kind of mail with one click, without signing in. Merely opening the page changes nothing, because
 * link checkers open it too.
 */
export function UnsubscribePage(): ReactNode {
  const { token } = route.useParams();
  const params = { path: { token } };
  const found = useQuery({
    queryKey: ['unsubscription', token],
    queryFn: () => body(api.GET('/v1/unsubscriptions/{token}', { params })),
    retry: false,
  });
  const end = useMutation({ mutationFn: () => api.POST('/v1/unsubscriptions/{token}', { params }) });
  const foot = 'You can also choose your emails in your account, under Email notifications.';
  if (found.error)
    return (
      <Frame title="This link does not work" foot={foot}>
        <p>Part of the link may be missing.</p>
      </Frame>
    );
  if (!found.data) return null;
  const { label, wanted } = found.data;
  if (end.isSuccess || !wanted)
    return (
      <Frame title="You are unsubscribed" foot={foot}>
        <p role="status">You will get no more “{label}” emails.</p>
      </Frame>
    );
  return (
    <Frame title={`Unsubscribe from “${label}”?`} foot={foot}>
      <div className={classes.form}>
        {end.error && <Wrong>{asProblem(end.error).message}</Wrong>}
        <Button variant="filled" loading={end.isPending} onClick={() => end.mutate()}>
          Unsubscribe
        </Button>
      </div>
    </Frame>
  );
}
