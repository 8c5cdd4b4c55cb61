import { useState } from 'react';

const KEY = 'leadwell.board.folded';

/** Which columns are folded; kept in this browser. */
export function useFolded(): [folded: ReadonlySet<string>, toggle: (id: string) => void] {
  const [folded, setFolded] = useState(() => new Set((localStorage.getItem(KEY) ?? '').split(',').filter(Boolean)));
  const toggle = (id: string) => {
    const next = new Set(folded);
    if (!next.delete(id)) next.add(id);
    localStorage.setItem(KEY, [...next].join());
    setFolded(next);
  };
  return [folded, toggle];
}
