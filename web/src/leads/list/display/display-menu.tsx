import { ActionIcon, Button, Drawer, Popover } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState } from 'react';
import { Segments } from '../../../ui/segments.tsx';
import { ColumnChoices } from './column-choices.tsx';
import classes from './display-menu.module.css';
import { ListOrder, type Order } from './list-order.tsx';
import type { Density, Display } from './use-display.ts';

interface Props {
  display: Display;
  change: (change: Partial<Display>) => void;
  reset: () => void;
  order: Order;
  onOrder: (order: Order) => void;
  isPhone: boolean;
}

const densities: readonly { value: Density; label: string }[] = [
  { value: 'compact', label: 'Compact' },
  { value: 'usual', label: 'Default' },
  { value: 'roomy', label: 'Comfortable' },
];

/** The display settings of the list: order, row height, columns. On phones a sheet without columns. */
export function DisplayMenu(props: Props) {
  const [opened, setOpened] = useState(false);
  if (!props.isPhone)
    return (
      <Popover position="bottom-end" trapFocus returnFocus>
        <Popover.Target>
          <Button leftSection={<IconAdjustmentsHorizontal size={14} aria-hidden />}>Display</Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Display" className={classes.dropdown}>
          <ListOrder {...props} />
          <Looks {...props} />
        </Popover.Dropdown>
      </Popover>
    );
  return (
    <>
      <ActionIcon size={36} variant="default" aria-label="Display" onClick={() => setOpened(true)}>
        <IconAdjustmentsHorizontal size={18} />
      </ActionIcon>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="bottom"
        size={232}
        title="Display"
        closeButtonProps={{ 'aria-label': 'Close' }}
        transitionProps={{ duration: 110 }}
      >
        <div className={classes.sheet}>
          <ListOrder {...props} />
          <Button variant="filled" size="md" onClick={() => setOpened(false)}>
            Show the leads
          </Button>
        </div>
      </Drawer>
    </>
  );
}

function Looks({ display, change, reset }: Pick<Props, 'display' | 'change' | 'reset'>) {
  const isPulled = Object.keys(display.widths).length > 0;
  return (
    <>
      <div>
        <p className={classes.label}>Rows</p>
        <Segments
          label="Rows"
          segments={densities}
          value={display.density}
          onChange={(value) => change({ density: value })}
        />
      </div>
      <ColumnChoices columns={display.columns} onChange={(columns) => change({ columns })} />
      <Button variant="subtle" disabled={!isPulled} onClick={() => change({ widths: {} })}>
        Reset column widths
      </Button>
      <Button variant="subtle" onClick={reset}>
        Reset to defaults
      </Button>
    </>
  );
}
