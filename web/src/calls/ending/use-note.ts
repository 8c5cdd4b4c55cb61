import { useEffect, useState } from 'react';

const keyOf = (callId: string) => `leadwell.call-note.${callId}`;
const SAVE = 1_000;

/** The note on a call, saved in this browser within a second and kept there until the server has it. */
export function useNote(callId: string) {
  const [text, setText] = useState(() => localStorage.getItem(keyOf(callId)) ?? '');
  const [kept, setKept] = useState(true);
  useEffect(() => {
    const keep = () => {
      if (text === '') localStorage.removeItem(keyOf(callId));
      else localStorage.setItem(keyOf(callId), text);
      setKept(true);
    };
    const timer = setTimeout(keep, SAVE);
    addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', keep);
    };
  }, [callId, text]);
  return {
    text,
    kept,
    write: (next: string) => {
      setKept(false);
      setText(next);
    },
    forget: () => {
      localStorage.removeItem(keyOf(callId));
      setText('');
    },
  };
}

export type Note = ReturnType<typeof useNote>;
