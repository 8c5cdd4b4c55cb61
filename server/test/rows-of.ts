/** The rows of a table written as text: a line for each, with `|` between the cells. */
export function rowsOf(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ *\| */));
}
