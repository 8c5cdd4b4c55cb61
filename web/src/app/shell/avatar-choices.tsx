import { Menu } from '@mantine/core';
import { IconCheck, IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { hasKeys } from '../../ui/kbd.tsx';
import { MenuOutside } from '../../ui/menu-outside.tsx';
import type { Opened } from '../../ui/opener.tsx';
import { signOut, switchWorkspace, useMe } from '../session.ts';
import { ViewAsItems } from './view-as.tsx';

/** The items of the signed-in person's menu: account, other workspaces, sign out. */
export function AvatarChoices({ onShortcuts, ...opened }: Opened & { onShortcuts: () => void }) {
  const { user, workspace, workspaces } = useMe();
  const navigate = useNavigate();
  return (
    <MenuOutside {...opened} position="top-start" width={228}>
      {workspaces.length > 1 && <Menu.Label>Workspaces</Menu.Label>}
      {workspaces.length > 1 &&
        workspaces.map(({ id, name }) => (
          <Menu.Item
            key={id}
            rightSection={id === workspace.id && <IconCheck size={14} aria-label="current" />}
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
      {hasKeys && (
        <Menu.Item leftSection={<IconKeyboard size={15} />} onClick={onShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void signOut()}>
        Sign out
      </Menu.Item>
    </MenuOutside>
  );
}
