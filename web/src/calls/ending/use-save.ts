import { useEffect, useRef, useState } from 'react';
import { api, type Shape } from '../../api/client.ts';
import type { Problem } from '../../api/problem.ts';
import type { Desk } from '../desk/use-desk.ts';

const AGAIN = 5_000;

type Body = Omit<Shape<'CallOutcome'>, 'claim_id'> & { pause?: boolean };

/** Saves an outcome; when the server cannot be reached, again and again until it can. Nothing typed is lost meanwhile. */
export function useSave(desk: Desk, onSaved: () => void) {
  const [problem, setProblem] = useState<Problem>();
  const [retrying, setRetrying] = useState<Body>();
  const save = async (told: Body) => {
    const { pause, ...said } = told;
    const failed = await desk.finish(async ({ call, claim_id }) => {
      await api.POST('/v1/calls/{id}/outcome', { params: { path: { id: call.id } }, body: { claim_id, ...said } });
      if (pause) await api.PUT('/v1/agents/me', { body: { state: 'paused' } });
    });
    const comesAgain = failed !== undefined && (failed.status === 0 || failed.status >= 500);
    setRetrying(comesAgain ? told : undefined);
    setProblem(failed && !comesAgain && failed.type !== '/problems/claim_lost' ? failed : undefined);
    if (!failed) onSaved();
  };
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    if (!retrying) return;
    const again = () => void latest.current(retrying);
    const timer = setInterval(again, AGAIN);
    addEventListener('online', again);
    return () => {
      clearInterval(timer);
      removeEventListener('online', again);
    };
  }, [retrying]);
  return { save, problem, retrying: retrying !== undefined, clear: () => setProblem(undefined) };
}
