import type { Problem } from '../../platform/problem.ts';
import type { Caller } from './caller.ts';
import { memberMay, type PolicyName, policies, tokenMay } from './policies.ts';

/**
 * Decides whether a policy allows a caller to go ahead, and returns the problem if not. Routes, commands and jobs all
 * use this check.
 */
export function refusalOf({ rights }: Pick<Caller, 'rights'>, policy: PolicyName): Problem | undefined {
  if (policy === 'public' || 'own' in rights) return undefined;
  if ('role' in rights)
    return memberMay(rights.role, policy) ? undefined : { kind: 'forbidden', detail: 'Your role does not allow it.' };
  if (tokenMay(rights.scopes, policy)) return undefined;
  const { scope } = policies[policy];
  return {
    kind: 'forbidden',
    detail: scope === null ? 'Only signed-in members may do this.' : `This requires the scope "${scope}".`,
  };
}
