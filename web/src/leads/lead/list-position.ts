/** The position of a lead in the list it was opened from. */
export interface ListPosition {
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  /** `3 of 128`. */
  position?: string | undefined;
}
