import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { pagedQuery } from '../../api/paged.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { PagedList } from '../../ui/feedback/paged-list.tsx';
import { Pill } from '../../ui/pill.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Column } from '../layout/column.tsx';
import { FilterSelect } from '../layout/filter-select.tsx';
import { usePageFilters } from '../layout/use-page-filters.ts';
import { MailPanel } from './mail-panel.tsx';
import { type Mail, stateTones, stateWords } from './mail-states.ts';
import classes from './outbox.module.css';

/** Every message that was sent, or would have been sent with a mail server. */
export function OutboxPage(): ReactNode {
  const [narrowed, narrow] = usePageFilters('state', 'mail');
  const state = narrowed.state as Mail['state'] | undefined;
  const open = narrowed.mail;
  const mails = useInfiniteQuery(
    pagedQuery(['people', 'outbox', state], (page) =>
      body(api.GET('/v1/outbox', { params: { query: { ...(state && { state }), ...page } } })),
    ),
  );
  return (
    <Column
      title="Outbox"
      intro="Emails that Leadwell sends: invitations, notifications, digests and messages to leads."
      beside={open && <MailPanel id={open} onClose={() => narrow({ mail: undefined })} />}
    >
      <NoServer />
      <FilterSelect
        label="State"
        any="Any state"
        className={classes.filter}
        data={Object.entries(stateWords).map(([value, label]) => ({ value, label }))}
        value={state}
        onChange={(chosen) => narrow({ state: chosen })}
      />
      <PagedList
        query={mails}
        what="Could not load the outbox."
        empty={
          <EmptyState
            title="No messages"
            text={state ? 'There are no messages in this state.' : 'Leadwell has not written any emails yet.'}
          />
        }
        label="Messages"
        className={classes.list}
      >
        {(mail) => (
          <Line key={mail.id} mail={mail} isOpen={mail.id === open} onOpen={() => narrow({ mail: mail.id })} />
        )}
      </PagedList>
    </Column>
  );
}

/** Says that no mail is sent, and what to do about it. */
function NoServer() {
  const mine = useQuery({ queryKey: ['people', 'mail'], queryFn: () => body(api.GET('/v1/me/mail')) });
  if (mine.data?.sends !== false) return null;
  return (
    <p className={classes.note} role="note">
      No mail server is set up, so nothing is sent. These messages would have been sent. To send email, set{' '}
      <code className="mono">SMTP_URL</code>.
    </p>
  );
}

function Line({ mail, isOpen, onOpen }: { mail: Shape<'MailView'>; isOpen: boolean; onOpen: () => void }) {
  const { subject, label, to_name, to_email, state, created_at, reason } = mail;
  return (
    <li className={classes.line} data-open={isOpen || undefined}>
      <button type="button" className={classes.subject} onClick={onOpen}>
        {subject}
      </button>
      <span className={classes.to}>
        {label} to {to_name || to_email}
        {reason && ` · ${reason}`}
      </span>
      <Pill tone={stateTones[state]}>{stateWords[state]}</Pill>
      <span className={classes.time}>
        <RelativeTime at={created_at} />
      </span>
    </li>
  );
}
