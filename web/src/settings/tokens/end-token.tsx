import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { Card } from '../../ui/card.tsx';
import { ConfirmDanger } from '../../ui/feedback/confirm-danger.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Segments } from '../../ui/segments.tsx';
import { type Token, useRenewTokens } from './get-tokens.ts';
import { showSecret } from './secret.ts';
import { loadNewToken } from './secret-host.tsx';
import classes from './tokens.module.css';

const overlaps = [
  { value: '0', label: 'stops working now' },
  { value: '86400', label: 'works for 24 more hours' },
  { value: '604800', label: 'works for 7 more days' },
] as const;

/** Rotates the token's secret or revokes the token. */
export function EndToken({ token }: { token: Token }) {
  const renew = useRenewTokens();
  const navigate = useNavigate();
  useEffect(() => void loadNewToken(), []);
  const [overlap, setOverlap] = useState<(typeof overlaps)[number]['value']>('86400');
  const [asks, setAsks] = useState<'rotate' | 'revoke'>();
  const path = { id: token.id };
  const rotate = useMutation({
    mutationFn: () =>
      body(api.POST('/v1/tokens/{id}/rotate', { params: { path }, body: { overlap_seconds: Number(overlap) } })),
    onSuccess: (fresh) => {
      setAsks(undefined);
      showSecret({
        ...fresh,
        note: `The old secret ${overlaps.find(({ value }) => value === overlap)?.label}.`,
        onClose: () => void navigate({ to: '/connections/$token', params: { token: fresh.id } }),
      });
      return renew();
    },
    onError: (error) => toast.error(asProblem(error), 'Could not rotate the token.'),
  });
  const revoke = useMutation({
    mutationFn: () => body(api.DELETE('/v1/tokens/{id}', { params: { path } })),
    onSuccess: async () => {
      setAsks(undefined);
      await renew();
      toast.done(`${token.name} revoked`);
    },
    onError: (error) => toast.error(asProblem(error), 'Could not revoke the token.'),
  });
  return (
    <Card title="Rotate or revoke">
      <div className="stack">
        {token.expires_at && (
          <p className="warning">
            This secret expires <RelativeTime at={token.expires_at} />.
          </p>
        )}
        <Segments label="The old secret" segments={overlaps} value={overlap} onChange={setOverlap} />
        <div className={classes.actions}>
          <Button loading={rotate.isPending} onClick={() => (overlap === '0' ? setAsks('rotate') : rotate.mutate())}>
            {overlap === '0' ? 'Rotate…' : 'Rotate'}
          </Button>
          <Button onClick={() => setAsks('revoke')}>Revoke…</Button>
        </div>
      </div>
      <ConfirmDanger
        opened={asks === 'rotate'}
        title="Stop the old secret now?"
        action="Rotate now"
        busy={rotate.isPending}
        onClose={() => setAsks(undefined)}
        onConfirm={() => rotate.mutate()}
      >
        <p>Clients that still send the old secret will be refused until they have the new one.</p>
      </ConfirmDanger>
      <ConfirmDanger
        opened={asks === 'revoke'}
        title="Revoke this token?"
        action="Revoke token"
        typed={token.name}
        busy={revoke.isPending}
        onClose={() => setAsks(undefined)}
        onConfirm={() => revoke.mutate()}
      >
        <p>Requests with this token will be refused. This cannot be undone.</p>
      </ConfirmDanger>
    </Card>
  );
}
