/** Caches up to `most` results of a pure function of a text, for texts that occur again and again. */
export function memoise<T>(most: number, calculate: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as T;
    const result = calculate(text);
    if (known.size >= most) known.clear();
    known.set(text, result);
    return result;
  };
}
