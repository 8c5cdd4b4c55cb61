/** A function that remembers results by its text. */
interface Remembering<T> {
  (text: string): T;
  /** Gives a result that is known already. */
  know(text: string, result: T): void;
}

/** Remembers up to `most` results of a pure function by its text, for texts that are asked about again and again. */
export function remembering<T>(most: number, calculate: (text: string) => T): Remembering<T> {
  const known = new Map<string, T>();
  const know = (text: string, result: T) => {
    if (known.size >= most) known.clear();
    known.set(text, result);
  };
  const recall = (text: string) => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as T;
    const result = calculate(text);
    know(text, result);
    return result;
  };
  return Object.assign(recall, { know });
}
