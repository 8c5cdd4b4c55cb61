/** Returns undefined for blank text. */
export function blankless(text: string | null | undefined): string | undefined {
  return text === null || text === undefined || text.trim() === '' ? undefined : text;
}
