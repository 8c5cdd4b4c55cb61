import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { lazyPart } from '../../app/lazy-part.tsx';
import { useMay } from '../../app/session.ts';
import { useShortcuts } from '../../app/shortcuts.ts';

const NewLead = lazyPart(async () => (await import('./new-lead.tsx')).default, { floats: true });

/** Opens the dialog for a new lead from anywhere: with C, or by a URL with `?new=1`. */
export function NewLeadHost() {
  const [byKey, setByKey] = useState(false);
  const byAddress = useRouterState({
    select: ({ location }) => (location.search as { new?: unknown }).new !== undefined,
  });
  const navigate = useNavigate();
  const mayWork = useMay('work leads');
  useShortcuts({ c: { label: 'New lead', run: () => setByKey(true) } }, mayWork);
  const close = () => {
    setByKey(false);
    if (byAddress)
      void navigate({
        to: '.',
        search: ((search: object) => ({ ...search, new: undefined })) as never,
        replace: true,
      });
  };
  if (!mayWork || !(byKey || byAddress)) return null;
  return <NewLead onClose={close} />;
}
