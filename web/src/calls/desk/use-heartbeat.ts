import { useEffect, useRef } from 'react';
import { api } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { asProblem } from '../../api/problem.ts';
import type { Desk } from './use-desk.ts';

const SEEN = 20_000;
const RENEW = 60_000;
const LOOK = 15_000;

/** Keeps the agent's session and claim alive while the page is open. */
export function useHeartbeat(desk: Desk | undefined): void {
  const latest = useRef(desk);
  latest.current = desk;
  const isHere = desk !== undefined && desk.state !== 'offline';
  useEffect(() => {
    if (!isHere) return;
    const timer = setInterval(() => void api.POST('/v1/agents/me/heartbeat').catch(() => {}), SEEN);
    return () => clearInterval(timer);
  }, [isHere]);
  const claimId = desk?.current?.claim_id;
  useEffect(() => {
    if (!claimId) return;
    const renew = () => void extend(latest.current);
    const timer = setInterval(renew, RENEW);
    document.addEventListener('visibilitychange', renew);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', renew);
    };
  }, [claimId]);
}

async function extend(desk: Desk | undefined): Promise<void> {
  const current = desk?.current;
  if (!desk || !current || document.visibilityState !== 'visible') return;
  const { call, claim_id } = current;
  try {
    await api.POST('/v1/calls/{id}/extend', { params: { path: { id: call.id } }, body: { claim_id } });
  } catch (error) {
    if (asProblem(error).type === '/problems/claim_lost') desk.lose(current);
  }
}

/** Claims the next call automatically while the agent is ready. */
export function useNext(desk: Desk | undefined): void {
  const latest = useRef(desk);
  latest.current = desk;
  const waits = desk?.state === 'ready' && !desk.current && !desk.lost && !desk.busy;
  const asked = useRef(0);
  const look = () => {
    const now = latest.current;
    if (now?.state !== 'ready' || now.current || now.lost || now.busy) return;
    asked.current = Date.now();
    void now.take().then((found) => {
      if (found) asked.current = 0;
    });
  };
  const lookNow = useRef(look);
  lookNow.current = look;
  useEffect(() => {
    if (!waits) return;
    // If the queue was found empty a moment ago, asking again at once would be useless.
    if (Date.now() - asked.current > LOOK) lookNow.current();
    const timer = setInterval(() => lookNow.current(), LOOK);
    return () => clearInterval(timer);
  }, [waits]);
  useLive(['calls'], () => lookNow.current());
}
