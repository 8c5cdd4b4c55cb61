import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop } from '@tabler/icons-react';
import { useOpener } from '../../ui/opener.tsx';
import { lazyPart } from '../lazy-part.tsx';
import { themes } from './themes.ts';

const ThemeChoices = lazyPart(async () => (await import('./theme-choices.tsx')).ThemeChoices, {
  floats: true,
  soon: true,
});

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
