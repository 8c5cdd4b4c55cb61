import type { ReactNode } from 'react';
import '@mantine/core/styles/PasswordInput.css';
import { useMe } from '../app/session.ts';
import { Card } from '../ui/card.tsx';
import { Page } from '../ui/page.tsx';
import classes from './account.module.css';
import { MailCard } from './mail-card.tsx';
import { NameCard } from './name-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import { TwoStepCard } from './two-step-card.tsx';

/** The account page: name, password, two-step sign-in and sessions of the signed-in person. */
export function AccountPage(): ReactNode {
  const { user, member, workspace } = useMe();
  return (
    <Page title="Account">
      <div className={classes.column}>
        <Card title="You">
          <dl className={classes.facts}>
            <dt>Email</dt>
            <dd>{user.email}</dd>
            <dt>Username</dt>
            <dd>{user.username}</dd>
            <dt>Role</dt>
            <dd>
              {member.role} in {workspace.name}
            </dd>
          </dl>
          <NameCard name={user.name} />
        </Card>
        <PasswordCard />
        <TwoStepCard on={user.totp} />
        <MailCard />
        <SessionsCard />
      </div>
    </Page>
  );
}
