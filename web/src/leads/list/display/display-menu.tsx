import { ActionIcon, Button } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { lazyPart } from '../../../app/lazy-part.tsx';
import { useOpener } from '../../../ui/opener.tsx';
import type { DisplayProps } from './display-settings.tsx';

const DisplaySettings = lazyPart(async () => (await import('./display-settings.tsx')).DisplaySettings, {
  floats: true,
  soon: true,
});

/** The button that opens the display settings. */
export function DisplayMenu(settings: DisplayProps) {
  const { opened, props } = useOpener('dialog');
  return (
    <>
      {settings.isPhone ? (
        <ActionIcon size={36} variant="default" aria-label="Display" {...props}>
          <IconAdjustmentsHorizontal size={18} />
        </ActionIcon>
      ) : (
        <Button leftSection={<IconAdjustmentsHorizontal size={14} aria-hidden />} {...props}>
          Display
        </Button>
      )}
      {opened && <DisplaySettings {...settings} {...opened} />}
    </>
  );
}
