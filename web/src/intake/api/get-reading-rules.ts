import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { toast } from '../../ui/feedback/toast.tsx';

export type Rule = Shape<'ReadingRuleView'>;
export type NewRule = Shape<'ReadingRuleCreate'>;

const key = ['settings', 'reading-rules'];

/** All reading rules, newest first. */
export function useRules() {
  return useQuery({ queryKey: key, queryFn: async () => (await body(api.GET('/v1/reading-rules'))).data });
}

/** Creates a rule, after which requests may be shown differently. */
export function useMakeRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rule: NewRule) => body(api.POST('/v1/reading-rules', { body: rule })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: key });
      await client.invalidateQueries({ queryKey: ['intake-rehearsal'] });
    },
  });
}

/** Deletes a rule at once and offers Undo. */
export function useRemoveRule(): (rule: Rule) => Promise<void> {
  const client = useQueryClient();
  const renew = () => client.invalidateQueries({ queryKey: key });
  const restore = async ({ dialect, token_id, field, value, meaning }: Rule) => {
    try {
      await api.POST('/v1/reading-rules', { body: { dialect, token_id, field, value, meaning } });
      await renew();
    } catch (error) {
      toast.error(asProblem(error), 'Could not restore the rule.');
    }
  };
  return async (rule) => {
    try {
      await api.DELETE('/v1/reading-rules/{id}', { params: { path: { id: rule.id } } });
      await renew();
      toast.undo(`“${rule.value}” is no longer read as “${rule.meaning}”`, () => void restore(rule));
    } catch (error) {
      toast.error(asProblem(error), 'Could not remove the rule.');
    }
  };
}
