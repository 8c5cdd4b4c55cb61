import type { Item } from './get-reference-items.ts';

/** Items as options of a select. */
export function optionsOf(items: readonly Item[] | undefined): { value: string; label: string }[] {
  return (items ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
