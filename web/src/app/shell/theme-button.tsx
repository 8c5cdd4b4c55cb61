import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useOpener } from '../../ui/opener.tsx';
import { lazyPart } from '../lazy-part.tsx';

const ThemeChoices = lazyPart(async () => (await import('./theme-choices.tsx')).ThemeChoices, {
  floats: true,
  soon: true,
});

/** Light, dark, or whichever the system has. */
export const themes = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
] as const;

/** Chooses light, dark or the system's theme. */
export function ThemeButton() {
  const { colorScheme } = useMantineColorScheme();
  const { opened, props } = useOpener('menu');
  const Shown = themes.find(({ value }) => value === colorScheme)?.icon ?? IconDeviceDesktop;
  return (
    <>
      <ActionIcon aria-label="Theme" {...props}>
        <Shown size={16} stroke={1.6} />
      </ActionIcon>
      {opened && <ThemeChoices {...opened} />}
    </>
  );
}
