import type { Words } from '../../intake/arrival.ts';
import type { Command } from '../../intake/command.ts';
import { isProblem, type Problem } from '../../platform/problem.ts';
import type { Wire } from '../../platform/wire.ts';
import type { ReadContext } from '../dialect.ts';
import type { MountedRoute } from './mounted-route.ts';

/**
 * What a request asks for, or why it is refused. A body that cannot be read is the dialect's to judge, since everything
 * may stand in the query; but when the dialect refuses, the body is the reason that helps. A fault of the dialect is
 * ours, told to `onFault`.
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
 * How intake words what becomes of a request. `answer` lets a fault of the dialect through: intake then undoes what it
 * did, so that no client is told of a failure that was none.
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
