import { Button } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useMay } from '../../app/session.ts';
import { DisplayMenu } from './display/display-menu.tsx';
import type { Order } from './display/list-order.tsx';
import type { useDisplay } from './display/use-display.ts';
import classes from './filters/filter-bar.module.css';

interface Props extends ReturnType<typeof useDisplay> {
  order: Order;
  onOrder: (order: Order) => void;
  isPhone: boolean;
  /** On phones a tap selects while this is on. */
  selecting: boolean;
  onSelecting: (on: boolean) => void;
}

/** The controls right of the filters: figures, display settings, and selecting on phones. */
export function ListTools({ selecting, onSelecting, ...display }: Props) {
  const mayRead = useMay('read reports');
  const mayWork = useMay('work leads');
  const { insights } = display.display;
  return (
    <>
      {display.isPhone && mayWork && (
        <Button className={classes.tall} aria-pressed={selecting} onClick={() => onSelecting(!selecting)}>
          {selecting ? 'Done' : 'Select'}
        </Button>
      )}
      {!display.isPhone && mayRead && (
        <Button
          leftSection={<IconChartBar size={14} aria-hidden />}
          aria-pressed={insights}
          className={classes.toggle}
          onClick={() => display.change({ insights: !insights })}
        >
          Insights
        </Button>
      )}
      <DisplayMenu {...display} />
    </>
  );
}
