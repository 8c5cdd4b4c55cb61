import { networkOf } from '../../platform/network.ts';

/**
 * Counts failed sign-ins with unknown names. They belong to no workspace, so no audit log has them; instead, the
 * server's log tells the operator where they come from. The names are not logged, because people type passwords there
 * by mistake.
 */
export interface UnknownNames {
  note(address: string): void;
  /** Logs the sign-ins noted since the last call, in one line. */
  tell(): void;
}

const MOST_NETWORKS = 10_000;
const MOST_TOLD = 5;

export function countUnknownNames(log: { warn(message: string): void }): UnknownNames {
  const tries = new Map<string, number>();
  let others = 0;
  return {
    note(address) {
      const network = networkOf(address);
      if (tries.has(network) || tries.size < MOST_NETWORKS) tries.set(network, (tries.get(network) ?? 0) + 1);
      else others += 1;
    },
    tell() {
      if (tries.size === 0) return;
      const most = [...tries].sort(([, a], [, b]) => b - a);
      const told = most.slice(0, MOST_TOLD).map(([network, count]) => `${count} from ${network}`);
      const rest = most.slice(MOST_TOLD).reduce((sum, [, count]) => sum + count, others);
      log.warn(`Failed sign-ins with unknown names: ${told.join(', ')}${rest > 0 ? `, ${rest} from elsewhere` : ''}.`);
      tries.clear();
      others = 0;
    },
  };
}
