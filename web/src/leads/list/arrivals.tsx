import { Button } from '@mantine/core';
import classes from './lead-list-page.module.css';

const MOST_COUNTED = 10_000;

/** Leads that came meanwhile; they wait above until somebody wants to see them. */
export function Arrivals({ count, onShow }: { count: number; onShow: () => void }) {
  const many = count >= MOST_COUNTED ? `${MOST_COUNTED.toLocaleString()}+` : count.toLocaleString();
  return (
    <div role="status" className={classes.arrivals}>
      {count > 0 && (
        <Button variant="filled" radius="xl" onClick={onShow}>
          {`${many} new ${count === 1 ? 'lead' : 'leads'} · Show`}
        </Button>
      )}
    </div>
  );
}
