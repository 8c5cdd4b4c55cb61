import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import type { Member } from '../../app/members.ts';
import { useMe } from '../../app/session.ts';
import { toast } from '../../ui/feedback/toast.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { InvitationLink } from './invitation-link.tsx';
import classes from './members.module.css';
import { ReplaceAccount } from './replace-account.tsx';
import { ResetTwoStep } from './reset-two-step.tsx';

/** A member's sign-in: one-time links, two-step sign-in, sessions. */
export function MemberAccess({ member }: { member: Member }) {
  const { id, name, joined, active } = member;
  const path = { path: { id } };
  const key = ['people', 'access', id];
  const client = useQueryClient();
  const { member: me } = useMe();
  const renew = () => client.invalidateQueries({ queryKey: key });
  const access = useQuery({ queryKey: key, queryFn: () => body(api.GET('/v1/members/{id}/access', { params: path })) });
  const invite = useMutation({
    mutationFn: () => body(api.POST('/v1/members/{id}/invitation', { params: path })),
    onError: (error) => toast.error(asProblem(error), 'Could not create a link.'),
  });
  const signOut = useMutation({
    mutationFn: () => api.DELETE('/v1/members/{id}/sessions', { params: path }),
    onSuccess: () => toast.done(`Signed out ${name}`),
    onError: (error) => toast.error(asProblem(error), `Could not sign out ${name}.`),
    onSettled: renew,
  });
  const [replacement, setReplacement] = useState<string>();
  const link = invite.data?.invitation_url ?? replacement;
  const sessions = access.data?.sessions ?? [];
  return (
    <section className={classes.part}>
      <h2>Sign-in</h2>
      <p className="muted">{access.data && wordsFor(joined, access.data)}</p>
      {sessions.length > 0 && (
        <ul className={classes.sessions} aria-label="Sessions">
          {sessions.map((session) => (
            <li key={session.id}>
              {session.address || 'unknown IP address'}
              <span className="muted">
                {' '}
                · signed in <RelativeTime at={session.created_at} /> · last active{' '}
                <RelativeTime at={session.last_seen_at} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {access.data?.totp && id !== me.id && <ResetTwoStep member={member} onDone={renew} />}
      {link && <InvitationLink name={name} url={link} mailed={invite.data?.mailed ?? false} />}
      <div className={classes.buttons}>
        {active && (!joined || access.data?.managed) && (
          <Button loading={invite.isPending} onClick={() => invite.mutate()}>
            {joined ? 'Create a password reset link' : 'Create a new link'}
          </Button>
        )}
        {active && joined && access.data?.managed === false && id !== me.id && (
          <ReplaceAccount member={member} onLink={setReplacement} onDone={renew} />
        )}
        {sessions.length > 0 && (
          <Button loading={signOut.isPending} onClick={() => signOut.mutate()}>
            Sign out everywhere
          </Button>
        )}
      </div>
    </section>
  );
}

function wordsFor(joined: boolean, { managed, totp }: Shape<'MemberAccess'>): string {
  if (!joined) return 'Has not accepted the invitation yet. Until they do, they cannot sign in or be assigned leads.';
  if (!managed) return 'Signs in with their own account, which only they can change.';
  return `Has a password. Two-step sign-in is ${totp ? 'on' : 'off'}.`;
}
