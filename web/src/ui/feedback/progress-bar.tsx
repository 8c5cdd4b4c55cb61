import classes from './progress-bar.module.css';

interface Props {
  /** What comes along, for screen readers. */
  label: string;
  /** How much of it is done, from 0 to 1. */
  share: number;
  /** Its colour, if it has ended. */
  state?: string;
  /** True for a bar that is one of many. */
  thin?: boolean;
}

/** A bar that fills as something progresses. */
export function ProgressBar({ label, share, state, thin }: Props) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      className={classes.track}
      data-thin={thin}
    >
      <div className={classes.fill} data-state={state} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
