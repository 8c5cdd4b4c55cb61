import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { type Member, membersQuery } from '../../app/members.ts';
import { ConfirmDanger } from '../../ui/feedback/confirm-danger.tsx';
import { toast } from '../../ui/feedback/toast.tsx';

interface Props {
  member: Member;
  /** Called with the link to the new account. */
  onLink: (url: string) => void;
  onDone: () => Promise<void>;
}

/** Lets a member who can no longer sign in join again by a link, with a new account. */
export function ReplaceAccount({ member: { id, name }, onLink, onDone }: Props) {
  const [asks, setAsks] = useState(false);
  const client = useQueryClient();
  const replace = useMutation({
    mutationFn: () => body(api.POST('/v1/members/{id}/replacement', { params: { path: { id } } })),
    onSuccess: ({ invitation_url }) => onLink(invitation_url),
    onError: (error) => toast.error(asProblem(error), 'Could not create a link.'),
    onSettled: async () => {
      setAsks(false);
      await client.invalidateQueries({ queryKey: membersQuery.queryKey.slice(0, 1) });
      return onDone();
    },
  });
  return (
    <>
      <Button onClick={() => setAsks(true)}>Give them a new account…</Button>
      <ConfirmDanger
        opened={asks}
        title="Give them a new account?"
        action="Create link"
        busy={replace.isPending}
        onClose={() => setAsks(false)}
        onConfirm={() => replace.mutate()}
      >
        <p>
          {name} will be signed out of this workspace and can rejoin through a link, with a new password. They keep
          their leads, role and departments. Their account in other workspaces does not change.
        </p>
      </ConfirmDanger>
    </>
  );
}
