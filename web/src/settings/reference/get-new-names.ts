import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { toast } from '../../ui/feedback/toast.tsx';

export type NewName = Shape<'NewName'>;

/** Names of one kind that arrived in requests and that nobody has approved yet. */
export function useNewNames(kind: NewName['kind'] | undefined): readonly NewName[] {
  const names = useQuery({
    queryKey: ['settings', 'new-names'],
    enabled: kind !== undefined,
    queryFn: async () => (await body(api.GET('/v1/new-names'))).data,
  });
  return names.data?.filter((one) => one.kind === kind) ?? [];
}

/** What to do with a name. */
export type Decision =
  | { do: 'approve' | 'remove'; name: NewName }
  | { do: 'merge'; name: NewName; into: { id: string; name: string } }
  | { do: 'remove_all'; tokenId: string };

/** Carries out decisions on new names. */
export function useDecisions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: carryOut,
    onSuccess: (words) => toast.done(words),
    onError: (error) => toast.error(asProblem(error), 'Could not save the change.'),
    onSettled: () => client.invalidateQueries({ queryKey: ['settings'] }),
  });
}

async function carryOut(decision: Decision): Promise<string> {
  if (decision.do === 'remove_all') {
    const query = { token_id: decision.tokenId };
    const { removed } = await body(api.DELETE('/v1/new-names', { params: { query } }));
    return `Removed ${removed.toLocaleString()} names`;
  }
  const { id, name } = decision.name;
  const params = { path: { id } };
  if (decision.do === 'merge') {
    const { into } = decision;
    await body(api.POST('/v1/new-names/{id}/merge', { params, body: { into: into.id } }));
    return `${name} now means ${into.name}`;
  }
  if (decision.do === 'approve') await body(api.POST('/v1/new-names/{id}/approve', { params }));
  else await body(api.DELETE('/v1/new-names/{id}', { params }));
  return decision.do === 'approve' ? `Approved ${name}` : `Removed ${name}`;
}
