import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { ButtonOutside, type Opened } from '../../ui/opener.tsx';
import { themes } from './themes.ts';

/** The items of the theme menu. */
export function ThemeChoices({ button, onClose }: Opened) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu opened onClose={onClose} position="bottom-end" width={160}>
      <Menu.Target>
        <ButtonOutside button={button} />
      </Menu.Target>
      <Menu.Dropdown>
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
      </Menu.Dropdown>
    </Menu>
  );
}
