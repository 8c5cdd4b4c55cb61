import { stepRetention } from '../privacy/retention-jobs.ts';
import { getRetention, type Retention } from '../privacy/retention-store.ts';
import type { Command } from './command.ts';
import { columns, countLine } from './output.ts';
import { readWorkspace, recordByCli, withWorkspace } from './with-store.ts';

export const retentionShow: Command = {
  usage: 'retention show [--workspace W]',
  about: 'Show how long records are kept, and what the last run removed.',
  async run(call) {
    const retention = await readWorkspace(call, getRetention);
    call.screen.show(retention, linesOf(retention));
  },
};

export const retentionRun: Command = {
  usage: 'retention run [--workspace W]',
  about: 'Remove old records now, as the server does every day. The server can keep running.',
  async run(call) {
    await withWorkspace(call, async (store, id) => {
      await store.app.tx(id, (tx) => recordByCli(tx, call, 'retention_started', {}));
      let run = { started_at: call.now, phase: 0, removed: {} };
      for (let finished = false; !finished; ) {
        call.signal.throwIfAborted();
        const step = await store.app.tx(id, (tx) => stepRetention(tx, run, call.now), { retry: true });
        [run, finished] = [step.run, step.finished];
      }
      call.screen.show(run.removed, removedLines(run.removed));
    });
  },
};

const labels = {
  accepted_days: 'contents of accepted requests',
  refused_days: 'contents of refused requests',
  deleted_days: 'contents of requests of deleted leads',
  event_days: 'events',
} as const;

function linesOf(retention: Retention): string[] {
  const rows = Object.entries(labels).map(([name, label]) => {
    const days = retention[name as keyof typeof labels];
    return [label, days === null ? 'kept' : `${days} days`];
  });
  const last = retention.finished_at ? `Last run: ${retention.finished_at.toISOString()}` : 'It has not run yet.';
  return [...columns(['Records', 'Kept for'], rows), '', last, ...removedLines(retention.removed)];
}

function removedLines(removed: Readonly<Record<string, number>>): string[] {
  const rows = Object.entries(removed).filter(([, count]) => count > 0);
  return rows.length === 0 ? ['Nothing was removed.'] : rows.map((row) => `Removed ${countLine(row)}`);
}
