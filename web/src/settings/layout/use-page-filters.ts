import { useNavigate, useSearch } from '@tanstack/react-router';

/**
 * The filters of a settings page, kept in the URL so that Back and reloading restore them. `names` are their search
 * parameters; setting one to undefined removes it.
 */
export function usePageFilters<Name extends string>(...names: Name[]) {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const given = names.flatMap((name) => (search[name] === undefined ? [] : [[name, String(search[name])]]));
  const narrow = (change: { readonly [N in Name]?: string | undefined }) =>
    void navigate({ to: '.', search: (now: object) => ({ ...now, ...change }), replace: true } as never);
  return [Object.fromEntries(given) as { readonly [N in Name]?: string }, narrow] as const;
}
