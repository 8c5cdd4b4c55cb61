import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import type { Member } from '../../app/members.ts';
import { ConfirmDanger } from '../../ui/feedback/confirm-danger.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import classes from './members.module.css';

interface Props {
  member: Member;
  onDone: () => Promise<void>;
}

/**
 * Turns off two-step sign-in for a member who has lost both the app and the recovery codes; from then on the
 * password alone is enough.
 */
export function ResetTwoStep({ member: { id, name }, onDone }: Props) {
  const [asks, setAsks] = useState(false);
  const reset = useMutation({
    mutationFn: () => api.DELETE('/v1/members/{id}/totp', { params: { path: { id } } }),
    onSuccess: () => toast.done(`${name} now signs in with just a password`),
    onError: (error) => toast.error(asProblem(error), 'Could not reset two-step sign-in.'),
    onSettled: () => {
      setAsks(false);
      return onDone();
    },
  });
  return (
    <div className={classes.buttons}>
      <Button onClick={() => setAsks(true)}>Reset two-step sign-in…</Button>
      <ConfirmDanger
        opened={asks}
        title="Reset two-step sign-in?"
        action="Reset"
        busy={reset.isPending}
        onClose={() => setAsks(false)}
        onConfirm={() => reset.mutate()}
      >
        <p>
          {name} will be signed out everywhere and will sign in with just a password until they set it up again. Make
          sure that the request really comes from them.
        </p>
      </ConfirmDanger>
    </div>
  );
}
