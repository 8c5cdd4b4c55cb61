import { type FocusEvent, type PointerEvent, type ReactNode, useEffect, useState } from 'react';
import classes from './rail.module.css';

const DELAY_MS = 400;

/** Shows a name to the right of an icon while the pointer rests on it, and at once when it has the focus. */
export function Tip({ label, children }: { label: string; children: ReactNode }) {
  const [place, setPlace] = useState<{ left: number; top: number; delay: number }>();
  const show = (delay: number) => (event: PointerEvent | FocusEvent) => {
    const icon = event.currentTarget.firstElementChild;
    if (!icon) return;
    const { right, top, height } = icon.getBoundingClientRect();
    setPlace({ left: right + 6, top: top + height / 2, delay });
  };
  const hide = () => setPlace(undefined);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the link within
    <span
      className={classes.tipped}
      onPointerEnter={show(DELAY_MS)}
      onPointerLeave={hide}
      onFocus={show(0)}
      onBlur={hide}
    >
      {children}
      {place && <Bubble key={place.delay} label={label} {...place} />}
    </span>
  );
}

interface BubbleProps {
  label: string;
  left: number;
  top: number;
  delay: number;
}

/** Hidden from screen readers, since the icon already has this name. */
function Bubble({ label, left, top, delay }: BubbleProps) {
  const [isDue, setDue] = useState(delay === 0);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), delay);
    return () => clearTimeout(timer);
  }, [delay]);
  if (!isDue) return null;
  return (
    <span aria-hidden className={classes.tip} style={{ left, top }}>
      {label}
    </span>
  );
}
