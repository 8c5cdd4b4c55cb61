import { useState } from 'react';

/** Opening a lead, or opening it to write a note: then it is said which one, and how many times it was asked for. */
export function useNotesAsked(openLead: (id: string | undefined) => void) {
  const [asked, setAsked] = useState<{ id: string; times: number }>();
  return {
    asked,
    openLead: (id: string | undefined) => {
      setAsked(undefined);
      openLead(id);
    },
    openForNote: (id: string) => {
      setAsked((before) => ({ id, times: (before?.times ?? 0) + 1 }));
      openLead(id);
    },
  };
}
