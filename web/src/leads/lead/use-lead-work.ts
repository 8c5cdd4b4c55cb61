import { useRef, useState } from 'react';
import { useMay } from '../../app/session.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import type { Lead } from '../api/get-lead.ts';
import { useUpdateLead } from '../api/update-lead.ts';
import type { Draft } from './composer/draft.ts';
import type { ListPosition } from './list-position.ts';

/** A request to open the composer. */
export interface Asked {
  mode: Draft['mode'];
  times: number;
}

/** The state that the drawer and the lead's page share: changing the lead, opening the composer, shortcuts. */
export function useLeadWork(lead: Lead, { onPrevious, onNext }: ListPosition, onCompose?: () => void) {
  const changing = useUpdateLead(lead);
  const [asked, setAsked] = useState<Asked>({ mode: 'note', times: 0 });
  const answered = useRef(0);
  const [statusOpened, setStatusOpened] = useState(false);
  const compose = (mode: Draft['mode']) => {
    onCompose?.();
    setAsked(({ times }) => ({ mode, times: times + 1 }));
  };
  // The status menu opens after the key event, which would otherwise close it again.
  useShortcuts(
    {
      n: { label: 'Write a note', run: () => compose('note') },
      p: { label: 'Log a phone call', run: () => compose('call') },
      t: { label: 'Add a task', run: () => compose('task') },
      s: { label: 'Change the status', run: () => void setTimeout(() => setStatusOpened(true)) },
    },
    useMay('work leads'),
  );
  useShortcuts({ j: { label: 'Next lead', run: () => onNext?.() } }, onNext !== undefined);
  useShortcuts({ k: { label: 'Previous lead', run: () => onPrevious?.() } }, onPrevious !== undefined);
  const state = changing.isSaving ? 'Saving…' : changing.isSaved ? 'Saved' : '';
  return { changing, asked, answered, compose, statusOpened, setStatusOpened, state };
}
