import { useNavigate, useSearch } from '@tanstack/react-router';

/**
 * What a settings page is narrowed to, kept in the address so that Back and reloading restore it. `names` are its
 * parameters; a value that is removed is undefined.
 */
export function useNarrowing<Name extends string>(...names: Name[]) {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const given = names.flatMap((name) => (search[name] === undefined ? [] : [[name, String(search[name])]]));
  const narrow = (change: { readonly [N in Name]?: string | undefined }) =>
    void navigate({ to: '.', search: (now: object) => ({ ...now, ...change }), replace: true } as never);
  return [Object.fromEntries(given) as { readonly [N in Name]?: string }, narrow] as const;
}
