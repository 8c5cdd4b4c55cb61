import type { WireReply } from '../platform/wire.ts';
import type { SentReply } from './arrival.ts';

const noHeaders = {};

/** Turns a worded reply into the bytes that are sent and kept. */
export function serialiseReply(reply: WireReply): SentReply {
  return {
    status: reply.status,
    headers: reply.headers ?? noHeaders,
    text: reply.body === undefined ? '' : JSON.stringify(reply.body),
  };
}
