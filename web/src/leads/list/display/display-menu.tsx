import { ActionIcon, Button } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { lazyPart } from '../../../app/lazy-part.tsx';
import { useOpener } from '../../../ui/opener.tsx';
import type { Order } from './list-order.tsx';
import type { Display } from './use-display.ts';

const DisplaySettings = lazyPart(async () => (await import('./display-settings.tsx')).DisplaySettings, {
  floats: true,
  soon: true,
});

export interface DisplayProps {
  display: Display;
  change: (change: Partial<Display>) => void;
  reset: () => void;
  order: Order;
  onOrder: (order: Order) => void;
  isPhone: boolean;
}

/** The button of the display settings. */
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
