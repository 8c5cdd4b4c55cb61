import { useNavigate, useRouterState } from '@tanstack/react-router';
import { lazyPart } from '../../app/lazy-part.tsx';
import { useMay } from '../../app/session.ts';

const PasteRequest = lazyPart(async () => (await import('./paste-request.tsx')).default, { floats: true });

/** Opens the dialog that sends a pasted request, by a URL with `?paste=1`. */
export function PasteHost() {
  const isAsked = useRouterState({
    select: ({ location }) => (location.search as { paste?: unknown }).paste !== undefined,
  });
  const navigate = useNavigate();
  const mayAdminister = useMay('administer');
  const search = ((now: object) => ({ ...now, paste: undefined })) as never;
  return mayAdminister && isAsked && <PasteRequest onClose={() => void navigate({ to: '.', search, replace: true })} />;
}
