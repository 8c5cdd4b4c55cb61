import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { withOwnAddress } from '../../app/dialects.ts';

export type Token = Shape<'TokenView'>;
export type Outcomes = Readonly<Record<string, number>>;

/** All tokens. */
export function useTokens() {
  return useQuery({
    queryKey: ['settings', 'tokens'],
    queryFn: async () => (await body(api.GET('/v1/tokens'))).data,
  });
}

/** The requests of each token in the last 24 hours, by outcome. */
export function useTokenUses() {
  return useQuery({
    queryKey: ['journal', 'token-uses'],
    queryFn: async () =>
      new Map((await body(api.GET('/v1/tokens/usage'))).data.map(({ token_id, outcomes }) => [token_id, outcomes])),
  });
}

/** The integration guide of a token. */
export function useSpec(id: string) {
  return useQuery({
    queryKey: ['settings', 'tokens', id, 'spec'],
    queryFn: async () => withOwnAddress(await body(api.GET('/v1/tokens/{id}/spec', { params: { path: { id } } }))),
  });
}

/** Refetches the tokens. */
export function useRenewTokens() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['settings', 'tokens'] });
}

/** The state of a token: live, expired or revoked. */
export function stateOf({ revoked_at, expires_at }: Token, now = Date.now()): 'live' | 'revoked' | 'expired' {
  if (revoked_at) return 'revoked';
  return expires_at && Date.parse(expires_at) <= now ? 'expired' : 'live';
}

/** The numbers of accepted and refused requests. */
export function tally(outcomes: Outcomes = {}): { accepted: number; refused: number } {
  const { refused = 0, failed = 0, ...well } = outcomes;
  return { accepted: Object.values(well).reduce((sum, one) => sum + one, 0), refused: refused + failed };
}
