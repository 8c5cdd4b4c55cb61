import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { asProblem } from '../../api/problem.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { ErrorBar } from '../../ui/feedback/error-bar.tsx';
import { copyAsCurl, type Draft, type RequestPage, useDismiss, useRehearsal, useReplay } from '../api/get-request.ts';
import { BodyEditor } from './body-editor.tsx';
import { PairsEditor } from './pairs-editor.tsx';
import raw from './raw-text.module.css';
import classes from './request-editor.module.css';

/** Edits the request, forecasts what a replay would do, and starts it. */
export function RequestEditor({ page, mayReplay }: { page: RequestPage; mayReplay: boolean }) {
  const { id, request, replayable, errors: faults } = page;
  const [draft, setDraft] = useState<Draft>({});
  const canEdit = replayable && mayReplay;
  const set = (name: keyof Draft) => (text: string | undefined) =>
    setDraft(({ [name]: _before, ...others }) => ({ ...others, ...(text !== undefined && { [name]: text }) }));
  const inQuery = faults.filter(({ part }) => part !== 'body');
  return (
    <>
      {request.query !== '' && (
        <section aria-label="Query">
          <h3 className={raw.title}>Query</h3>
          <PairsEditor
            key={request.query}
            text={request.query}
            faults={request.body_kind === 'none' ? inQuery : faults.filter(({ part }) => part === 'query')}
            canEdit={canEdit}
            onChange={set('query')}
          />
        </section>
      )}
      <section aria-label="Body">
        <h3 className={raw.title}>Body</h3>
        <BodyEditor key={request.body} page={page} canEdit={canEdit} onChange={set('body')} />
      </section>
      {canEdit && <Forecast id={id} draft={draft} />}
      <Actions page={page} draft={draft} canEdit={canEdit} mayReplay={mayReplay} />
    </>
  );
}

/** The result of a dry run of the edited request, shortly after the last keystroke. */
function Forecast({ id, draft }: { id: string; draft: Draft }) {
  const [settled] = useDebouncedValue(draft, 400);
  const { data, error, isFetching, refetch } = useRehearsal(id, settled, true);
  return (
    <section aria-label="Result of a replay now" aria-busy={isFetching}>
      <h3 className={raw.title}>Result of a replay now</h3>
      {error && !data ? (
        <ErrorBar problem={asProblem(error)} what="Could not check the request." onRetry={() => void refetch()} />
      ) : (
        <p role="status" className={classes.forecast} data-good={(data && !data.problem) || undefined}>
          {data?.detail ?? 'Checking…'}
        </p>
      )}
    </section>
  );
}

interface ActionsProps {
  page: RequestPage;
  draft: Draft;
  canEdit: boolean;
  mayReplay: boolean;
}

function Actions({ page, draft, canEdit, mayReplay }: ActionsProps) {
  const { id, outcome, dismissed_at } = page;
  const replay = useReplay(id);
  const { dismiss, takeUp } = useDismiss();
  const isMended = Object.keys(draft).length > 0;
  const run = () => canEdit && !replay.isPending && replay.mutate(draft);
  useShortcuts({ 'mod+Enter': { label: 'Fix and replay', run } }, canEdit);
  const isWaiting = (outcome === 'refused' || outcome === 'failed') && mayReplay;
  const result = replay.data;
  return (
    <>
      {result?.problem && (
        <p role="alert" className="fault">
          Refused again: {result.detail}. Your text is kept.
        </p>
      )}
      <div className="buttons">
        {canEdit && (
          <Button variant="filled" loading={replay.isPending} onClick={run} title="Ctrl Enter">
            {isMended ? 'Fix and replay' : 'Replay unchanged'}
          </Button>
        )}
        <Button onClick={() => void copyAsCurl(id)}>Copy as curl</Button>
        {isWaiting && !dismissed_at && <Button onClick={() => void dismiss({ ids: [id] })}>Dismiss</Button>}
        {isWaiting && dismissed_at && <Button onClick={() => takeUp(id)}>Restore</Button>}
      </div>
    </>
  );
}
