import type { Words } from '../../intake/arrival.ts';
import type { Command } from '../../intake/command.ts';
import { isProblem, type Problem } from '../../platform/problem.ts';
import type { Wire } from '../../platform/wire.ts';
import type { ReadContext } from '../dialect.ts';
import type { MountedRoute } from './mounted-route.ts';

/**
 * Reads a request into a command, or into the problem with it. The dialect also judges requests with an unreadable
 * body, since everything may be in the query; but if it refuses, the body is reported as the reason. Exceptions in a
 * dialect are internal errors, reported to `onFault`.
 */
export function readRequest(
  { endpoint, problem }: Pick<MountedRoute, 'endpoint' | 'problem'>,
  wire: Wire,
  context: ReadContext,
  onFault: (error: unknown) => void,
): Command | Problem {
  if (problem || !endpoint) return problem ?? { kind: 'not_found', what: 'path' };
  const { body } = wire;
  try {
    const asked = endpoint.read(wire, context);
    return body.kind === 'unreadable' && isProblem(asked) ? body.problem : asked;
  } catch (error) {
    onFault(error);
    return { kind: 'internal' };
  }
}

/**
 * The functions with which intake words the result of a request. `answer` lets exceptions through, so that intake rolls
 * back and no client is told of a failure that did not happen.
 */
export function wordsFor(
  { endpoint, refuse }: Pick<MountedRoute, 'endpoint' | 'refuse'>,
  wire: Wire,
  request: Command | Problem,
  context: () => ReadContext,
): Words {
  return {
    refuse,
    answer(result) {
      if (!endpoint || isProblem(request)) throw new Error('A refused request has a result.');
      const { referenceData, region, now } = context();
      return endpoint.answer(result, { referenceData, region, now, wire, command: request });
    },
  };
}
