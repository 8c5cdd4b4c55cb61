import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { asProblem, type Problem } from '../../api/problem.ts';
import { toast } from '../../ui/feedback/toast.tsx';
import { type CallList, type Claimed, queueQuery, selfQuery } from '../api/get-calls.ts';

type State = Shape<'AgentView'>['state'];
type Said = Shape<'AgentStateUpdate'>['state'];

/** The agent's state, and what they can do in that state. */
export interface Desk {
  state: State;
  /** The reason for pausing. */
  reason: string | null;
  current: Claimed | undefined;
  /** The call that this agent had claimed until it was given to another agent. */
  lost: Claimed | undefined;
  /** True while a request is on its way; no other is sent meanwhile. */
  busy: boolean;
  say(state: Said, reason?: string): Promise<void>;
  /** The list that is being called; undefined for the queue. */
  list: CallList | undefined;
  /** Takes the next call, or the one with this id (a call in the queue, a lead in the list); false if there is none. */
  take(id?: string): Promise<boolean>;
  /**
   * Set if the call to take is outside the calling hours, with the reason: `take` takes it anyway, `leave` does not.
   */
  asks: { detail: string; take(): void; leave(): void } | undefined;
  start(): Promise<void>;
  /** Runs `work` to end the claim; if the claim has been lost in the meantime, it is shown as lost. */
  finish(work: (claimed: Claimed) => Promise<unknown>): Promise<Problem | undefined>;
  forgetLost(): void;
  /** Marks the claim as lost. */
  lose(claimed: Claimed): void;
}

/** The agent's own state as the server knows it, with the actions that change it; calls come from `list`, if given. */
export function useDesk(list?: CallList): { desk: Desk | undefined; error: Error | null; retry: () => void } {
  const self = useQuery(selfQuery);
  const [lost, setLost] = useState<Claimed>();
  const [done] = useState(() => new Set<string>());
  const current = self.data?.current ?? undefined;
  useLoss(self.dataUpdatedAt > 0, current, done, setLost);
  const [refused, setRefused] = useState<{ id: string; detail: string }>();
  const actions = useActions(current, done, { setLost, setRefused }, list);
  const asks = refused && {
    detail: refused.detail,
    take: () => void actions.takeAnyway(refused.id),
    leave: () => setRefused(undefined),
  };
  const desk = self.data && { state: self.data.state, reason: self.data.reason, current, lost, asks, list, ...actions };
  return { desk, error: self.error, retry: () => void self.refetch() };
}

type Actions = Omit<Desk, 'state' | 'reason' | 'current' | 'lost' | 'asks' | 'list'> & {
  takeAnyway(id: string): Promise<boolean>;
};

interface Setters {
  setLost: (claimed: Claimed | undefined) => void;
  setRefused: (refused: { id: string; detail: string } | undefined) => void;
}

/** The agent's actions. `done` holds the ids of claims that the agent has ended. */
function useActions(
  current: Claimed | undefined,
  done: Set<string>,
  { setLost, setRefused }: Setters,
  list: CallList | undefined,
): Actions {
  const client = useQueryClient();
  const { busy, attempt } = useAttempt();
  // Responses to requests sent before a change are outdated.
  const cancel = () => client.cancelQueries({ queryKey: selfQuery.queryKey });
  const renew = async () => {
    await cancel();
    await client.fetchQuery({ ...selfQuery, staleTime: 0 });
  };
  const lose = (claimed: Claimed) => {
    done.add(claimed.claim_id);
    setLost(claimed);
    void renew();
  };
  const settle = (problem: Problem | undefined, what: string) => {
    if (problem?.type === '/problems/claim_lost' && current) lose(current);
    else if (problem) toast.error(problem, what);
  };
  const take = async (id?: string, outside?: { outside_hours: true }) => {
    setLost(undefined);
    setRefused(undefined);
    let found = false;
    const problem = await attempt(async () => {
      found = Boolean(await claim(list, id, outside));
      await renew();
    });
    if (problem?.type === '/problems/outside_hours' && id) setRefused({ id, detail: problem.message });
    else settle(problem, 'Could not take the call.');
    return found;
  };
  return {
    busy,
    lose,
    forgetLost: () => setLost(undefined),
    say: async (state, reason) => {
      const problem = await attempt(async () => {
        const next = await body(api.PUT('/v1/agents/me', { body: { state, ...(reason && { reason }) } }));
        await cancel();
        client.setQueryData(selfQuery.queryKey, next);
        void client.invalidateQueries({ queryKey: queueQuery.queryKey });
      });
      settle(problem, 'Could not change your state.');
    },
    take: (id) => take(id),
    takeAnyway: (id) => take(id, { outside_hours: true }),
    start: async () => {
      if (!current) return;
      const { call, claim_id } = current;
      const problem = await attempt(async () => {
        await api.POST('/v1/calls/{id}/start', { params: { path: { id: call.id } }, body: { claim_id } });
        await renew();
      });
      settle(problem, 'Could not start the call timer.');
    },
    finish: async (work) => {
      if (!current) return undefined;
      done.add(current.claim_id);
      const problem = await attempt(async () => {
        await work(current);
        await renew();
      });
      if (problem?.type === '/problems/claim_lost') lose(current);
      else if (problem) done.delete(current.claim_id);
      return problem;
    },
  };
}

function claim(list: CallList | undefined, id: string | undefined, outside: { outside_hours: true } | undefined) {
  if (!list) return body(api.POST('/v1/calls/claim', { body: { ...(id && { call_id: id }), ...outside } }));
  return body(api.POST('/v1/calls/list/claim', { body: { ...list, ...(id && { lead_id: id }), ...outside } }));
}

function useAttempt() {
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<unknown>): Promise<Problem | undefined> => {
    setBusy(true);
    try {
      await work();
      return undefined;
    } catch (error) {
      return asProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, attempt };
}

/** Notices in the same render that a claim was taken away, so that no other call is claimed before that is shown. */
function useLoss(
  known: boolean,
  current: Claimed | undefined,
  done: ReadonlySet<string>,
  onLost: (claimed: Claimed) => void,
): void {
  const [had, setHad] = useState<Claimed>();
  if (!known || had?.claim_id === current?.claim_id) return;
  setHad(current);
  if (had && !done.has(had.claim_id)) onLost(had);
}
