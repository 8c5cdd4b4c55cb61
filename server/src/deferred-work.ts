/** How often counts in memory are stored, in ms. */
const NOTE_USE_MS = 15_000;

/** Periodically stores what is counted in memory. */
export function noteUse(note: () => Promise<void>, onError: (error: unknown) => void) {
  const noting = setInterval(() => void note().catch(onError), NOTE_USE_MS).unref();
  return { note, stop: () => clearInterval(noting) };
}

/** Keeps track of work that continues after a response has been sent. */
export function workAfterResponse(onError: (error: unknown) => void) {
  const open = new Set<Promise<void>>();
  return {
    add(work: Promise<void>): void {
      const done = work.catch(onError).finally(() => open.delete(done));
      open.add(done);
    },
    drained: () => Promise.all(open),
  };
}
