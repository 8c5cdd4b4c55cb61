/** The parts of an ended job that say what it has done. */
interface Ended {
  state: string;
  done: number;
  total: number;
  result: Readonly<Record<string, unknown>>;
}

/** What to say about a bulk job that has ended, and whether it changed anything that can be undone. */
export function endOf({ state, done, total, result }: Ended, label: string): { said: string; canUndo: boolean } {
  const reached = `${done.toLocaleString()} of ${total.toLocaleString()} leads`;
  return {
    said: state === 'done' ? label : `${label}: ${state} after ${reached}`,
    canUndo: result['undoable'] === true,
  };
}
