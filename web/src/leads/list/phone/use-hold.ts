import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';

const LONG_MS = 450;
/** If the finger moves further than this, it is scrolling. */
const STILL_PX = 10;

/** Handles a long press and suppresses the tap that follows it. */
export function useHold(onHold: () => void, when: boolean) {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout>; held: boolean }>(undefined);
  const latest = useRef(onHold);
  latest.current = onHold;
  const letGo = () => clearTimeout(press.current?.timer);
  useEffect(() => () => clearTimeout(press.current?.timer), []);
  if (!when) return {};
  return {
    onPointerDown({ pointerType, clientX: x, clientY: y }: PointerEvent) {
      letGo();
      press.current = undefined;
      if (pointerType !== 'touch') return;
      const timer = setTimeout(() => {
        if (press.current) press.current.held = true;
        latest.current();
      }, LONG_MS);
      press.current = { x, y, timer, held: false };
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      const { x = 0, y = 0 } = press.current ?? {};
      if (Math.hypot(clientX - x, clientY - y) > STILL_PX) letGo();
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
    // The browser's own link menu would cover the list.
    onContextMenu: (event: MouseEvent) => press.current && event.preventDefault(),
    onClickCapture: (event: MouseEvent) => press.current?.held && event.preventDefault(),
  };
}
