import { ActionIcon } from '@mantine/core';
import { IconCircle, IconCircleCheck, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, body, type Shape } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { asProblem } from '../../api/problem.ts';
import { useMay } from '../../app/session.ts';
import { toast } from '../../ui/feedback/toast.tsx';
import classes from './first-steps.module.css';

type Step = Shape<'FirstStepsView'>['steps'][number];

const words: Record<Step['name'], { title: string; about: string; to: string; search?: object }> = {
  connect: {
    title: 'Connect a form or a dialler',
    about: 'Create a token. Its page has a working example request.',
    to: '/connections',
  },
  lead: {
    title: 'Get your first lead',
    about: 'Send that request, or add a lead yourself.',
    to: '/leads',
    search: { new: 1 },
  },
  statuses: { title: 'Adjust your statuses', about: 'Names, colours and order.', to: '/settings/statuses' },
  people: { title: 'Invite your team', about: 'With a link, no email needed.', to: '/settings/members' },
};

const key = ['settings', 'first-steps'] as const;

/** A checklist for new workspaces, shown to administrators until it is complete or dismissed. */
export function FirstSteps({ isPhone }: { isPhone: boolean }) {
  const queries = useQueryClient();
  const enabled = useMay('administer');
  const { data } = useQuery({ queryKey: key, queryFn: () => body(api.GET('/v1/first-steps')), enabled });
  useLive(['leads', 'people'], () => void queries.invalidateQueries({ queryKey: key }));
  const away = useMutation({
    mutationFn: () => body(api.POST('/v1/first-steps/dismiss')),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
    onError: (error) => toast.error(asProblem(error), 'Could not dismiss the checklist.'),
  });
  const left = data?.steps.filter((step) => !step.done).length ?? 0;
  if (!data || data.dismissed || left === 0) return null;
  return (
    <section className={classes.card} aria-labelledby="first-steps">
      <details open={!isPhone}>
        <summary className={classes.head}>
          <h2 id="first-steps">First steps</h2>
          <span className="muted">{`${data.steps.length - left} of ${data.steps.length} done`}</span>
        </summary>
        <ul className={classes.steps}>
          {data.steps.map((step) => (
            <li key={step.name}>
              <StepLink step={step} />
            </li>
          ))}
        </ul>
      </details>
      <ActionIcon
        variant="subtle"
        className={classes.away ?? ''}
        aria-label="Dismiss the first steps"
        loading={away.isPending}
        onClick={() => away.mutate()}
      >
        <IconX size={16} />
      </ActionIcon>
    </section>
  );
}

function StepLink({ step: { name, done } }: { step: Step }) {
  const { title, about, to, search } = words[name];
  if (done)
    return (
      <span className={`${classes.step} ${classes.done}`}>
        <IconCircleCheck size={16} role="img" aria-label="Done:" />
        {title}
      </span>
    );
  return (
    <Link to={to} search={search as never} className={classes.step ?? ''}>
      <IconCircle size={16} aria-hidden />
      <span>
        {title}
        <small>{about}</small>
      </span>
    </Link>
  );
}
