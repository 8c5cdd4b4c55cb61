/** Work took longer than its limit, in ms. */
export class TookTooLong extends Error {
  readonly limit: number;
  constructor(limit: number) {
    super(`It took longer than ${limit} ms.`);
    this.limit = limit;
  }
}

/**
 * Runs `work` with a time limit in ms. When time is up, or `cut` is aborted, the signal of the work is aborted and this
 * rejects at once, with `TookTooLong` or the reason of `cut`; it does not wait for work that ignores its signal.
 */
export async function withTimeLimit<T>(
  limit: number,
  cut: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  cut.throwIfAborted();
  const abort = new AbortController();
  const onCut = () => abort.abort(cut.reason);
  const timer = setTimeout(() => abort.abort(new TookTooLong(limit)), limit);
  cut.addEventListener('abort', onCut);
  const over = new Promise<never>((_, reject) => {
    abort.signal.addEventListener('abort', () => reject(abort.signal.reason));
  });
  try {
    return await Promise.race([work(abort.signal), over]);
  } finally {
    clearTimeout(timer);
    cut.removeEventListener('abort', onCut);
  }
}
