/** The text; undefined if it is blank. */
export function blankless(text: string | null | undefined): string | undefined {
  return text === null || text === undefined || text.trim() === '' ? undefined : text;
}
