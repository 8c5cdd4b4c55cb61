import { Button, VisuallyHidden } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Shape } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { LeadLink } from '../../app/lead-link.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { Initials } from '../../ui/initials.tsx';
import { Pill } from '../../ui/pill.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { stateLooks, talkWords } from '../words.ts';
import classes from './team.module.css';

type Agent = Shape<'AgentView'>;

const order: readonly Agent['state'][] = ['on_call', 'wrap_up', 'claimed', 'ready', 'paused', 'offline'];

/** The agents, busy ones first. */
export function TeamTable({ agents }: { agents: readonly Agent[] }) {
  const sorted = [...agents].sort(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.name.localeCompare(b.name),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={classes.scroll} aria-label="Agents" tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col">State</th>
            <th scope="col">Since</th>
            <th scope="col">Lead</th>
            <th scope="col" className={classes.number}>
              Calls today
            </th>
            <th scope="col" className={classes.number}>
              Talk time
            </th>
            <th scope="col" className={classes.number}>
              Contacts/h
            </th>
            <th scope="col">
              <VisuallyHidden>Actions</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((agent) => (
            <Row key={agent.member_id} agent={agent} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ agent }: { agent: Agent }) {
  const { word, tone } = stateLooks[agent.state];
  return (
    <tr>
      <th scope="row" className={classes.name}>
        <span className={classes.person}>
          <Initials name={agent.name} /> {agent.name}
        </span>
      </th>
      <td>
        <Pill tone={tone}>{agent.reason ? `${word}: ${agent.reason}` : word}</Pill>
      </td>
      <td className={classes.since}>
        <RelativeTime at={agent.since} isStart />
      </td>
      <td>{agent.lead_id ? <LeadLink id={agent.lead_id}>{agent.lead_name ?? 'A lead'}</LeadLink> : '—'}</td>
      <td className={classes.number}>{agent.calls_today}</td>
      <td className={classes.number}>{talkWords(agent.talk_seconds_today)}</td>
      <td className={classes.number}>{agent.contacts_per_hour ?? '—'}</td>
      <td className={classes.actions}>
        <PauseAgent agent={agent} />
      </td>
    </tr>
  );
}

function PauseAgent({ agent }: { agent: Agent }) {
  const client = useQueryClient();
  const pause = useMutation({
    mutationFn: () => api.POST('/v1/agents/{id}/pause', { params: { path: { id: agent.member_id } }, body: {} }),
    onSuccess: () => {
      const speaks = agent.state === 'on_call' || agent.state === 'wrap_up';
      toast.done(speaks ? `${agent.name} will pause after this call` : `${agent.name} is paused`);
      void client.invalidateQueries({ queryKey: ['calls'] });
    },
    onError: (error) => toast.error(asProblem(error), `Could not pause ${agent.name}.`),
  });
  if (agent.state === 'offline' || agent.state === 'paused') return null;
  return (
    <Button loading={pause.isPending} onClick={() => pause.mutate()} aria-label={`Pause ${agent.name}`}>
      Pause
    </Button>
  );
}
