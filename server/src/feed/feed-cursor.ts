import { fromTypeId, typeId } from '../platform/ids.ts';
import type { FeedPlace } from './feed-store.ts';

/** A cursor as we write it: its numbers have no leading zeros and fit PostgreSQL's bigint. */
const CURSOR = /^(0|[1-9]\d{0,17})\.(0|[1-9]\d{0,17})\.(evt_\w{26})$/;

/** Formats a position in the feed as a cursor for `/v1/events`. */
export function feedCursor({ epoch, transaction_id, id }: FeedPlace): string {
  return `${epoch}.${transaction_id}.${typeId('evt', id)}`;
}

/** Parses a cursor; undefined for anything that we did not write. */
export function placeOf(cursor: string): FeedPlace | undefined {
  const [, epoch, transaction_id, event] = CURSOR.exec(cursor) ?? [];
  const id = event && fromTypeId('evt', event);
  return epoch && transaction_id && id ? { epoch, transaction_id, id } : undefined;
}
