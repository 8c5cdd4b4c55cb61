import type { CSSProperties, ReactNode } from 'react';
import classes from '../reports.module.css';

interface Bar {
  key: string;
  name: ReactNode;
  value: number;
  /** Shown after the bar. */
  said: ReactNode;
  colour?: string;
  /** The value in the previous period, shown as a mark on the bar. */
  was?: number | undefined;
}

/** Horizontal bars with name and figure; screen readers read them as a list. */
export function Bars({ bars, most }: { bars: readonly Bar[]; most?: number }) {
  const longest = most ?? Math.max(1, ...bars.map(({ value, was = 0 }) => Math.max(value, was)));
  return (
    <ul className={classes.bars}>
      {bars.map(({ key, name, value, said, colour, was }) => (
        <li key={key} className={classes.line}>
          <span className={classes.name}>{name}</span>
          <span className={classes.track}>
            <span className={classes.fill} style={barStyle(value / longest, colour)} />
            {was !== undefined && (
              <span className={classes.was} style={{ insetInlineStart: `${(was / longest) * 100}%` }} />
            )}
          </span>
          <span className={classes.said}>{said}</span>
        </li>
      ))}
    </ul>
  );
}

function barStyle(part: number, colour = 'var(--chart-1)'): CSSProperties {
  return { inlineSize: `${Math.max(0, Math.min(1, part)) * 100}%`, background: colour };
}
