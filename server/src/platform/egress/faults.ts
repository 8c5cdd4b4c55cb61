import { ProxyFault, TlsFault } from './connect.ts';
import { AddressFault, NameFault } from './look-up.ts';

/** Why there was no usable response. */
export interface Fault {
  /**
   * `refused_address`: this server does not send there. `dns`: the name has no address. `connect`: the receiver
   * cannot be reached. `reset`: the connection broke. `bad_answer`: the response is not HTTP. `cancelled`: the
   * caller ended the request.
   */
  fault: 'refused_address' | 'dns' | 'connect' | 'proxy' | 'tls' | 'timeout' | 'reset' | 'bad_answer' | 'cancelled';
  /** A sentence for the person who looks after the receiver. */
  detail: string;
}

/** What the receiver sent is not a response to the request. */
export class AnswerFault extends Error {}

/** Classifies an error thrown while sending. Our own errors are thrown again. */
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

/** The error's code; of several attempts, that of the last. Empty if there is none. */
function codeOf(error: Error): string {
  const last: unknown = error instanceof AggregateError ? error.errors.at(-1) : error;
  return typeof last === 'object' && last !== null && 'code' in last && typeof last.code === 'string' ? last.code : '';
}
