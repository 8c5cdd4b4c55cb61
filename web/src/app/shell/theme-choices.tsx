import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { MenuOutside } from '../../ui/menu-outside.tsx';
import type { Opened } from '../../ui/opener.tsx';
import { themes } from './themes.ts';

/** The items of the theme menu. */
export function ThemeChoices(opened: Opened) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <MenuOutside {...opened} position="bottom-end" width={160}>
      {themes.map(({ value, label, icon: Icon }) => (
        <Menu.Item
          key={value}
          leftSection={<Icon size={15} />}
          rightSection={value === colorScheme && <IconCheck size={14} aria-label="selected" />}
          onClick={() => setColorScheme(value)}
        >
          {label}
        </Menu.Item>
      ))}
    </MenuOutside>
  );
}
