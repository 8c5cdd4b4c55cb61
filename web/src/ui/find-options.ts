import type { ComboboxItem, OptionsFilter } from '@mantine/core';

/**
 * What a searchable select shows for a search: options that have exactly this keyword first (`de`, `+49`),
 * then labels that begin with the text, then labels with a word that begins with it, then all other matches.
 * Accents make no difference.
 */
export const findOptions: OptionsFilter = ({ options, search, limit }) => {
  const sought = plain(search.trim());
  const items = options.filter((one): one is ComboboxItem & { keywords?: readonly string[] } => 'value' in one);
  if (sought === '' || items.length < options.length) return options.slice(0, limit);
  const ranked = items.flatMap((item) => {
    const rank = rankOf(plain(item.label), item.keywords ?? [], sought);
    return rank === undefined ? [] : [{ item, rank }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ item }) => item);
};

function rankOf(label: string, keywords: readonly string[], sought: string): number | undefined {
  if (keywords.some((word) => plain(word) === sought)) return 0;
  if (label.startsWith(sought)) return 1;
  if (label.includes(` ${sought}`)) return 2;
  return label.includes(sought) || keywords.some((word) => plain(word).startsWith(sought)) ? 3 : undefined;
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
