import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, body, type Shape } from '../../../api/client.ts';
import { useMay } from '../../../app/session.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { DataState } from '../../../ui/feedback/data-state.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { absolute } from '../../../ui/times.ts';
import { touchesQuery } from '../../api/get-lead.ts';
import classes from './raw-request.module.css';

/** The requests that created or updated the lead, byte for byte, with their responses. */
export function RawRequests({ leadId }: { leadId: string }) {
  const touches = useQuery(touchesQuery(leadId));
  const [chosen, setChosen] = useState('');
  const mayRead = useMay('read journal');
  if (!mayRead)
    return <EmptyState title="Only managers can see requests" text="Requests can contain more than the lead shows." />;
  return (
    <DataState
      query={touches}
      what="Could not load the requests."
      empty={<EmptyState title="This lead did not come from a request" />}
    >
      {(list) => (
        <>
          {list.length > 1 && (
            <NativeSelect
              label="Request"
              size="xs"
              mt="xs"
              value={chosen}
              onChange={(event) => setChosen(event.currentTarget.value)}
              data={list.map(({ submission_id, dialect, at }, place) => ({
                value: place === 0 ? '' : submission_id,
                label: `${absolute(at)} · ${dialect}`,
              }))}
            />
          )}
          <RawRequest id={chosen || (list[0]?.submission_id ?? '')} />
        </>
      )}
    </DataState>
  );
}

function RawRequest({ id }: { id: string }) {
  const submission = useQuery({
    queryKey: ['journal', 'one', id],
    queryFn: () => body(api.GET('/v1/submissions/{id}', { params: { path: { id } } })),
  });
  return (
    <DataState query={submission} what="Could not load the request.">
      {(kept) => (
        <div className={classes.request}>
          <p className={classes.line}>
            <strong className="mono">{`${kept.method} ${kept.path} → ${kept.status_code}`}</strong>
            <span className="muted">{`${Math.round(kept.duration_ms)} ms · ${absolute(kept.received_at)}`}</span>
          </p>
          <Block title="Query" text={kept.request.query} />
          <Block title="Body" text={kept.request.body} />
          <Block title="Headers" text={headerLines(kept.request.headers)} />
          <Block title="Response" text={kept.answer} />
          <Link to="/intake" search={{ open: id } as never} className={classes.link}>
            Open in intake
          </Link>
        </div>
      )}
    </DataState>
  );
}

function Block({ title, text }: { title: string; text: string | null }) {
  if (!text) return null;
  return (
    <section aria-label={title}>
      <h3 className={classes.title}>
        {title} <CopyButton value={text} label={`Copy: ${title}`} />
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={classes.raw} tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}

function headerLines(headers: Shape<'SubmissionDetail'>['request']['headers']): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('\n');
}
