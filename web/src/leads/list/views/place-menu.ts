import type { SavedView } from '../../api/get-views.ts';

/** The view whose menu is open, and where. */
export interface OpenMenu {
  view: SavedView;
  place: { left: number; top: number; width: number; height: number };
  /** The element that gets the focus back. */
  back: HTMLElement;
}

/** Places the menu of a view below its tab. */
export function placeMenu(view: SavedView, anchor: HTMLElement): OpenMenu {
  const { left, top, width, height } = anchor.getBoundingClientRect();
  return { view, place: { left, top, width, height }, back: anchor };
}
