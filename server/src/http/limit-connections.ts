import type { Server } from 'node:http';
import { networkOf } from '../platform/network.ts';

/**
 * Closes connections beyond the limits at once. `ofAddress` is null behind a proxy, from which all connections come.
 */
export function limitConnections(server: Server, most: { all: number; ofAddress: number | null }): void {
  server.maxConnections = most.all;
  const { ofAddress } = most;
  if (ofAddress === null) return;
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = networkOf(socket.remoteAddress ?? '');
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
    if (count > ofAddress) socket.destroy();
  });
}
