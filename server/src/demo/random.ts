/** Random choices that repeat for the same seed. */
export interface Random {
  /** From 0 up to but excluding 1. */
  next(): number;
  chance(share: number): boolean;
  between(least: number, most: number): number;
  whole(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
  /** One of the keys, with probabilities proportional to the weights. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  /** Log-normal around the median; with a spread of 1, two thirds of the values lie within a factor of about three. */
  skewed(median: number, spread: number): number;
}

/** The random source of one lead, independent of how many leads are created. */
export function seededRandom(seed: number, index: number): Random {
  let state = (Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) ^ Math.imul(index + 1, 0xc2b2_ae35)) >>> 0;
  // Mulberry32.
  const next = () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number) => least + next() * (most - least);
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(next() * list.length)];
    if (found === undefined) throw new Error('There is nothing to choose from.');
    return found;
  };
  return {
    next,
    between,
    pick,
    chance: (share) => next() < share,
    whole: (least, most) => Math.floor(between(least, most + 1)),
    weighted: (list) => {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of list) {
        left -= weight;
        if (left < 0) return item;
      }
      return pick(list)[0];
    },
    skewed: (median, spread) => {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(normal * spread);
    },
  };
}
