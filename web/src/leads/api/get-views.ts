import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { toast } from '../../ui/feedback/toast.tsx';

export type SavedView = Shape<'SavedView'>;
type Change = Shape<'SavedViewPatch'>;

const none: SavedView[] = [];

/** The saved views of a screen that this person may see, and the actions on them. */
export function useViews(screen: SavedView['screen'] = 'leads') {
  const client = useQueryClient();
  const queryKey = ['views', screen];
  const { data: views = none } = useQuery({
    queryKey,
    queryFn: async () =>
      (await body(api.GET('/v1/views', { params: { query: screen === 'leads' ? {} : { screen } } }))).data,
    staleTime: 5 * 60_000,
  });
  const attempt = async <T>(work: Promise<T>, failed: string): Promise<T | undefined> => {
    try {
      const done = await work;
      await client.invalidateQueries({ queryKey });
      return done;
    } catch (error) {
      toast.error(asProblem(error), failed);
      return undefined;
    }
  };
  return {
    views,
    add: (view: Shape<'SavedViewCreate'>) =>
      attempt(body(api.POST('/v1/views', { body: { ...view, screen } })), 'Could not save the view.'),
    change: (id: string, change: Change) =>
      attempt(
        body(api.PATCH('/v1/views/{id}', { params: { path: { id } }, body: change })),
        'Could not change the view.',
      ),
    remove: (id: string) =>
      attempt(
        api.DELETE('/v1/views/{id}', { params: { path: { id } } }).then(() => true),
        'Could not delete the view.',
      ),
    /** Pins the view to the front, or unpins it, for this person only. */
    pin: (id: string, pinned: boolean) => {
      const params = { path: { id } };
      const sent = pinned ? api.PUT('/v1/views/{id}/pin', { params }) : api.DELETE('/v1/views/{id}/pin', { params });
      return attempt(
        sent.then(() => true),
        pinned ? 'Could not pin the view.' : 'Could not unpin the view.',
      );
    },
    /** Records that the view was opened; a failure does not matter. */
    use: (id: string) => void api.POST('/v1/views/{id}/use', { params: { path: { id } } }).catch(() => {}),
  };
}
