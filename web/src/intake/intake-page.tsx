import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useMay } from '../app/session.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { Page } from '../ui/page.tsx';
import { useLines, useSummary } from './api/get-journal.ts';
import classes from './intake-page.module.css';
import { GroupList } from './journal/group-list.tsx';
import { JournalBars } from './journal/journal-bars.tsx';
import { JournalList } from './journal/journal-list.tsx';
import { NotKept } from './journal/not-kept.tsx';
import { grouped, type JournalSearch } from './journal-search.ts';
import { JobDrawer } from './replay/job-drawer.tsx';
import { ReplayDialog, type Replaying } from './replay/replay-dialog.tsx';
import { RequestDrawer } from './request/request-drawer.tsx';

const route = getRouteApi('/shell/intake');

/** The journal of incoming requests: every request with its response, and replaying of refused ones. */
export function IntakePage(): ReactNode {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isPhone = useMediaQuery('(max-width: 767px)') ?? false;
  const hasRoom = useMediaQuery('(min-width: 1200px)') ?? false;
  const isBeside = hasRoom && (search.open ?? search.job) !== undefined;
  const mayReplay = useMay('replay requests');
  const [replaying, setReplaying] = useState<Replaying>();
  const go = (change: Partial<JournalSearch>, replace = false) =>
    void navigate({ search: (now: JournalSearch) => clean({ ...now, ...change }), replace });
  const lines = useLines(search);
  const summary = useSummary(search);
  const open = (id: string | undefined) => go({ open: id, job: undefined }, search.open !== undefined);
  useShortcuts({
    'shift+g': { label: 'Group by error', run: () => go(grouped(!search.group)) },
  });
  return (
    <Page
      title="Intake"
      beside="Every request with its response"
      actions={
        <Actions
          refused={mayReplay && search.outcome === 'refused' && !search.group ? (summary.data?.refused ?? 0) : 0}
          onReplay={(count) => setReplaying({ search, count })}
        />
      }
      bars={<JournalBars search={search} summary={summary.data} go={go} />}
      padded={false}
    >
      <NotKept />
      <div className={classes.beside} data-open={isBeside || undefined}>
        {search.group ? (
          <GroupList
            search={search}
            mayReplay={mayReplay}
            onOpen={open}
            onReplay={(group) => setReplaying({ search, group, count: group.count })}
          />
        ) : (
          <JournalList
            search={search}
            lines={lines}
            width={isPhone ? 'phone' : isBeside ? 'narrow' : 'wide'}
            onOpen={open}
            onClear={(to) => go(to)}
          />
        )}
      </div>
      {search.open && (
        <RequestDrawer
          key={search.open}
          id={search.open}
          hasMore={lines.query.hasNextPage}
          neighbours={search.group ? [] : lines.rows}
          mayReplay={mayReplay}
          onOpen={open}
          onFilter={(change) => go({ ...change, open: undefined, group: undefined })}
        />
      )}
      {search.job && <JobDrawer id={search.job} onOpen={open} onClose={() => go({ job: undefined })} />}
      {replaying && (
        <ReplayDialog
          replaying={replaying}
          onClose={() => setReplaying(undefined)}
          onStarted={(job) => {
            setReplaying(undefined);
            go({ job, open: undefined });
          }}
        />
      )}
    </Page>
  );
}

function Actions({ refused, onReplay }: { refused: number; onReplay: (count: number) => void }) {
  return (
    <>
      {refused > 0 && <Button onClick={() => onReplay(refused)}>Replay {refused.toLocaleString()} refused…</Button>}
      <Button renderRoot={(props) => <Link to="/intake/rules" {...props} />}>Rules</Button>
    </>
  );
}

/** Drops unset parameters from the URL. */
function clean(search: Partial<JournalSearch>): JournalSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''));
}
