import type { SavedView } from '../../api/get-views.ts';

/** The view whose menu is open, and where. */
export interface Asked {
  view: SavedView;
  place: { left: number; top: number; width: number; height: number };
  /** The element that gets the focus back. */
  back: HTMLElement;
}

/** Places the menu of a view below its tab. */
export function askAt(view: SavedView, anchor: HTMLElement): Asked {
  const { left, top, width, height } = anchor.getBoundingClientRect();
  return { view, place: { left, top, width, height }, back: anchor };
}
