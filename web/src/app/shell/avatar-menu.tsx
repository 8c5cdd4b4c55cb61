import { Menu, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { Initials } from '../../ui/initials.tsx';
import { signOut, switchWorkspace, useMe } from '../session.ts';
import classes from './avatar-menu.module.css';
import { ViewAsItems } from './view-as.tsx';

interface Props {
  icons: boolean;
  onShortcuts: () => void;
}

/** The menu of the signed-in person: account, other workspaces, sign out. */
export function AvatarMenu({ icons, onShortcuts }: Props) {
  const { user, member, workspace, workspaces } = useMe();
  const navigate = useNavigate();
  return (
    <Menu position="top-start" width={228}>
      <Menu.Target>
        <button type="button" className={classes.button}>
          <Initials name={user.name} size={26} />
          {icons ? (
            <VisuallyHidden>{user.name}</VisuallyHidden>
          ) : (
            <span className={classes.words}>
              <span className={classes.name}>{user.name}</span>
              <span className={classes.role}>
                {capital(member.role)} · {workspace.name}
              </span>
            </span>
          )}
          <VisuallyHidden>: account and workspaces</VisuallyHidden>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {workspaces.length > 1 && <Menu.Label>Workspaces</Menu.Label>}
        {workspaces.length > 1 &&
          workspaces.map(({ id, name }) => (
            <Menu.Item
              key={id}
              rightSection={id === workspace.id && <IconCheck size={14} aria-label="this one" />}
              onClick={() => id !== workspace.id && void switchWorkspace(id)}
            >
              {name}
            </Menu.Item>
          ))}
        {workspaces.length > 1 && <Menu.Divider />}
        <ViewAsItems />
        {!user.sample && (
          <Menu.Item leftSection={<IconUserCircle size={15} />} onClick={() => void navigate({ to: '/account' })}>
            Account
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKeyboard size={15} />} onClick={onShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
