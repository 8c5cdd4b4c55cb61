import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { ColumnName } from '../display/use-display.ts';
import classes from './column-edge.module.css';

const LEAST = 56;
const MOST = 640;
const STEP = 8;

/** The CSS property with the width of a column. Custom field names may contain any character, so they are escaped. */
export const widthOf = (name: ColumnName) =>
  `--width-${name.replace(/[^a-z]/g, (character) => `_${character.codePointAt(0)?.toString(16)}`)}`;

interface Props {
  name: ColumnName;
  label: string;
  /** The custom width; undefined for the default. */
  width: number | undefined;
  /** The default minimum width. */
  usual: number;
  /** The edge that Tab reaches first. */
  isFirst: boolean;
  /** Called with undefined to restore the default. */
  onResize: (name: ColumnName, width: number | undefined) => void;
}

/**
 * The right edge of a column, resized by dragging or with the left and right arrows; a double click or Delete restores
 * the default width. Up and down move to the edges of other columns, so that Tab stops here only once.
 */
export function ColumnEdge({ name, label, width, usual, isFirst, onResize }: Props) {
  const pulled = useRef<{ x: number; from: number; to: number }>(undefined);
  const resize = (to: number) => onResize(name, Math.round(Math.min(MOST, Math.max(LEAST, to))));
  const grab = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const from = measure(event.currentTarget);
    pulled.current = { x: event.clientX, from, to: from };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const pull = (event: PointerEvent<HTMLElement>) => {
    const now = pulled.current;
    if (!now) return;
    now.to = Math.min(MOST, Math.max(LEAST, now.from + event.clientX - now.x));
    // Set directly, to resize without rendering the rows again.
    event.currentTarget
      .closest<HTMLElement>('[data-widths]')
      ?.style.setProperty(widthOf(name), `${Math.round(now.to)}px`);
  };
  const letGo = () => {
    const now = pulled.current;
    pulled.current = undefined;
    if (now && now.to !== now.from) resize(now.to);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const edge = event.currentTarget;
    const step = event.shiftKey ? 4 * STEP : STEP;
    const act: Record<string, () => void> = {
      ArrowRight: () => resize(measure(edge) + step),
      ArrowLeft: () => resize(measure(edge) - step),
      ArrowDown: () => goTo(edge, 1),
      ArrowUp: () => goTo(edge, -1),
      Delete: () => onResize(name, undefined),
    };
    const run = act[event.key];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  return (
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${label}`}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={width ?? usual}
      aria-valuetext={`${width ?? usual} pixels`}
      title="Drag or use the arrow keys to resize; double-click to reset"
      tabIndex={isFirst ? 0 : -1}
      className={classes.edge}
      onPointerDown={grab}
      onPointerMove={pull}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onDoubleClick={() => onResize(name, undefined)}
      onKeyDown={onKeyDown}
    />
  );
}

function measure(edge: HTMLElement): number {
  return edge.closest('[role="columnheader"]')?.getBoundingClientRect().width ?? LEAST;
}

/** Focuses another edge, which Tab then returns to. */
function goTo(edge: HTMLElement, step: number): void {
  const edges = [...(edge.closest('[role="row"]')?.querySelectorAll<HTMLElement>('[role="separator"]') ?? [])];
  const next = edges[edges.indexOf(edge) + step];
  if (!next) return;
  for (const one of edges) one.tabIndex = one === next ? 0 : -1;
  next.focus();
}
