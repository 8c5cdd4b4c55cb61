import { useMutation, useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { withOwnAddress } from '../../app/dialects.ts';
import { toast } from '../../ui/feedback/toast.tsx';
import { useRenew } from './get-journal.ts';

export type RequestPage = Shape<'SubmissionDetail'>;
/** The edited parts of a request; undefined ones stay as they were sent. */
export interface Draft {
  body?: string;
  query?: string;
}

/** One request with everything stored about it. */
export function useRequest(id: string) {
  return useQuery({
    queryKey: ['journal', 'one', id],
    queryFn: () => body(api.GET('/v1/submissions/{id}', { params: { path: { id } } })),
  });
}

/** The result that a replay of the edited request would have. */
export function useRehearsal(id: string, draft: Draft, enabled: boolean) {
  return useQuery({
    queryKey: ['intake-rehearsal', id, draft],
    queryFn: () =>
      body(api.POST('/v1/submissions/{id}/replay', { params: { path: { id } }, body: { ...draft, dry_run: true } })),
    enabled,
    staleTime: 5_000,
    placeholderData: (before) => before,
  });
}

/** Replays the request. */
export function useReplay(id: string) {
  const renew = useRenew();
  return useMutation({
    mutationFn: (draft: Draft) =>
      body(api.POST('/v1/submissions/{id}/replay', { params: { path: { id } }, body: draft })),
    onSuccess: async (result) => {
      if (!result.problem && result.outcome !== 'failed') toast.done(`Accepted: ${result.detail}`);
      await renew();
    },
    onError: (error) => toast.error(asProblem(error), 'Could not replay the request.'),
  });
}

/** The requests to dismiss: by id, or a group of equal errors. */
type Chosen = Pick<Shape<'DismissRequest'>, 'ids' | 'group' | 'filter'>;

/** Dismisses requests and offers Undo, or restores dismissed ones. */
export function useDismiss() {
  const renew = useRenew();
  const send = async (chosen: Chosen, undo: boolean) => {
    const { ids } = await body(api.POST('/v1/submissions/dismiss', { body: { ...chosen, undo } }));
    await renew();
    return ids;
  };
  const failed = (error: unknown) => toast.error(asProblem(error), 'Could not update the requests.');
  return {
    dismiss: async (chosen: Chosen) => {
      try {
        const ids = await send(chosen, false);
        const said = ids.length === 1 ? 'Dismissed' : `${ids.length.toLocaleString()} requests dismissed`;
        toast.undo(said, () => void send({ ids }, true).catch(failed));
      } catch (error) {
        failed(error);
      }
    },
    takeUp: (id: string) => void send({ ids: [id] }, true).catch(failed),
  };
}

/** Copies the request as a curl command. */
export async function copyAsCurl(id: string): Promise<void> {
  try {
    const { curl } = await body(api.GET('/v1/submissions/{id}/curl', { params: { path: { id } } }));
    await navigator.clipboard.writeText(withOwnAddress(curl));
    toast.done('Copied as curl. Replace YOUR_TOKEN with your token.');
  } catch (error) {
    toast.error(asProblem(error), 'Could not copy the request.');
  }
}
