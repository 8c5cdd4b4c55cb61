/** Where a lead stands among those of the list that it was opened from. */
export interface LeadPlace {
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  /** `3 of 128`. */
  position?: string | undefined;
}
