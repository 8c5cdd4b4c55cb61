import { ProxyFault, TlsFault } from './connect.ts';
import { AddressFault, NameFault } from './look-up.ts';

/** Why no usable answer came. */
export interface Fault {
  /**
   * `refused_address`: this server does not send there. `dns`: the name has no address. `connect`: nobody listens.
   * `reset`: the connection broke. `bad_answer`: what came is not HTTP. `cancelled`: ended by the caller.
   */
  fault: 'refused_address' | 'dns' | 'connect' | 'proxy' | 'tls' | 'timeout' | 'reset' | 'bad_answer' | 'cancelled';
  /** A sentence for whoever looks after the receiver. */
  detail: string;
}

/** What came is not an answer to the request. */
export class AnswerFault extends Error {}

/** Sorts what was thrown on the way. Errors of our own are thrown again. */
export function faultOf(error: unknown, ended: { timedOut: boolean; cancelled: boolean }): Fault {
  if (ended.cancelled) return { fault: 'cancelled', detail: 'The request was cancelled.' };
  if (ended.timedOut) return { fault: 'timeout', detail: 'The receiver did not answer in time.' };
  if (!(error instanceof Error)) throw error;
  if (error instanceof AddressFault) return { fault: 'refused_address', detail: error.message };
  if (error instanceof NameFault) return { fault: 'dns', detail: error.message };
  if (error instanceof ProxyFault) return { fault: 'proxy', detail: error.message };
  if (error instanceof TlsFault) return { fault: 'tls', detail: `TLS failed: ${error.message}.` };
  if (error instanceof AnswerFault) return { fault: 'bad_answer', detail: error.message };
  const code = codeOf(error);
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|EACCES|EPERM)$/.test(code))
    return { fault: 'connect', detail: `The receiver cannot be reached (${code}).` };
  if (/^(ECONNRESET|EPIPE|ECONNABORTED|ETIMEDOUT|ERR_STREAM_PREMATURE_CLOSE)$/.test(code))
    return { fault: 'reset', detail: 'The receiver broke the connection.' };
  if (code.startsWith('HPE_')) return { fault: 'bad_answer', detail: `The answer is not HTTP (${code}).` };
  throw error;
}

/** Of several attempts, the code of the last; empty without one. */
function codeOf(error: Error): string {
  const last: unknown = error instanceof AggregateError ? error.errors.at(-1) : error;
  return typeof last === 'object' && last !== null && 'code' in last && typeof last.code === 'string' ? last.code : '';
}
