import { useAfter } from '../ui/feedback/skeleton-rows.tsx';
import classes from './board-skeleton.module.css';

/** Placeholder while the board loads. */
export function BoardSkeleton() {
  const late = useAfter(150);
  return (
    <div role="status" aria-label="Loading the board" className={classes.board}>
      {late &&
        [5, 4, 3, 2].map((cards) => (
          <div key={cards} className={classes.column}>
            {Array.from({ length: cards }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the cards are all the same
              <div key={at} className={classes.card} />
            ))}
          </div>
        ))}
    </div>
  );
}
