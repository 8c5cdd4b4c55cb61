import { Button, Drawer, Popover } from '@mantine/core';
import { ButtonOutside, type Opened } from '../../../ui/opener.tsx';
import { Segments } from '../../../ui/segments.tsx';
import { ColumnChoices } from './column-choices.tsx';
import classes from './display-menu.module.css';
import { ListOrder, type Order } from './list-order.tsx';
import type { Density, Display } from './use-display.ts';

export interface DisplayProps {
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
export function DisplaySettings({ button, onClose, ...props }: Opened & DisplayProps) {
  if (!props.isPhone)
    return (
      <Popover opened onChange={onClose} position="bottom-end" trapFocus>
        <Popover.Target>
          <ButtonOutside button={button} />
        </Popover.Target>
        <Popover.Dropdown aria-label="Display" className={classes.dropdown}>
          <ListOrder {...props} />
          <Looks {...props} />
        </Popover.Dropdown>
      </Popover>
    );
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size={232}
      title="Display"
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 110 }}
    >
      <div className={classes.sheet}>
        <ListOrder {...props} />
        <Button variant="filled" size="md" onClick={onClose}>
          Show leads
        </Button>
      </div>
    </Drawer>
  );
}

function Looks({ display, change, reset }: Pick<DisplayProps, 'display' | 'change' | 'reset'>) {
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
