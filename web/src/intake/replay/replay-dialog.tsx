import { Checkbox, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useMay } from '../../app/session.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/feedback/error-bar.tsx';
import { Form } from '../../ui/form/form.tsx';
import { FormButtons } from '../../ui/form/form-buttons.tsx';
import { type NewRule, useMakeRule } from '../api/get-reading-rules.ts';
import { useRequest } from '../api/get-request.ts';
import { type Group, keyOf } from '../journal/group-list.tsx';
import { type JournalSearch, narrowed, segments } from '../journal-search.ts';
import classes from '../replay-dialog.module.css';

/** The requests to replay: a group of equal errors, or everything the filters match. */
export interface Replaying {
  search: JournalSearch;
  group?: Group;
  count: number;
}

interface Props {
  replaying: Replaying;
  onClose: () => void;
  onStarted: (job: string) => void;
}

/** Asks for a replacement of the invalid value, then starts the replay job. */
export function ReplayDialog({ replaying, onClose, onStarted }: Props) {
  const { count, group } = replaying;
  const many = count === 1 ? '1 request' : `${count.toLocaleString()} requests`;
  return (
    <Dialog onClose={onClose} title={`Replay ${many}`}>
      {group && group.value !== null ? (
        <WithSuggestion replaying={replaying} group={group} onStarted={onStarted} onClose={onClose} />
      ) : (
        <ReplayForm replaying={replaying} suggestion="" onStarted={onStarted} onClose={onClose} />
      )}
    </Dialog>
  );
}

/** Suggests a replacement, taken from the newest request of the group. */
function WithSuggestion({ group, ...props }: Props & { group: Group }) {
  const { data, isPending } = useRequest(group.example_id);
  if (isPending) return <p role="status">Loading…</p>;
  const suggestion = data?.errors.find(({ field }) => field === group.field)?.suggestion ?? '';
  return <ReplayForm {...props} suggestion={suggestion} />;
}

function ReplayForm({ replaying, suggestion, onClose, onStarted }: Props & { suggestion: string }) {
  const { count, group } = replaying;
  const [to, setTo] = useState(suggestion);
  const [forGood, setForGood] = useState(false);
  const mayTeach = useMay('administer');
  const rule = useMakeRule();
  const isTaught = forGood && to !== '';
  const start = useMutation({
    mutationFn: async () => {
      // The rule is created only once, even if starting the replay fails the first time.
      if (isTaught && group && !rule.data) await rule.mutateAsync(ruleOf(group, to));
      return body(api.POST('/v1/submissions/replays', { body: asked(replaying, isTaught ? '' : to) }));
    },
    onSuccess: ({ id }) => onStarted(id),
  });
  const submit = () => {
    start.mutate();
  };
  const isMended = group?.value != null && to !== '';
  return (
    <Form className={classes.form} onSubmit={submit}>
      {group ? <p className={classes.words}>{group.detail}</p> : null}
      {group && group.value !== null && (
        <TextInput
          data-autofocus
          label={`Replace “${group.value}” with`}
          description={suggestion ? 'The most likely value is filled in.' : 'Leave empty to replay them unchanged.'}
          value={to}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
      )}
      {group?.can_add_rule && mayTeach && (
        <Checkbox
          label={`Always replace “${group.value}”`}
          checked={forGood}
          disabled={to === '' || rule.data !== undefined}
          onChange={({ currentTarget }) => setForGood(currentTarget.checked)}
        />
      )}
      <p className={classes.words}>
        Each request keeps its number, time and original response. Requests that are refused again stay in the list.
      </p>
      {start.error && (
        <ErrorBar
          problem={asProblem(start.error)}
          what="Could not start the replay."
          kept={rule.data && 'The rule was created.'}
        />
      )}
      <FormButtons
        className="form-actions"
        action={isMended ? `Apply and replay ${count.toLocaleString()}` : `Replay ${count.toLocaleString()}`}
        isBusy={start.isPending}
        onCancel={onClose}
      />
    </Form>
  );
}

function ruleOf({ dialect, field, value }: Group, meaning: string): NewRule {
  return { dialect, field, value: value ?? '', meaning };
}

function asked({ search, group }: Replaying, to: string): Shape<'ReplayJobRequest'> {
  const { outcome } = search;
  const filter = narrowed(search);
  if (!group) return { filter: { ...filter, ...(outcome && { outcome: segments[outcome] }) } };
  const { field: path, value: from } = group;
  return { group: keyOf(group), filter, ...(from !== null && to !== '' && { edits: [{ path, from, to }] }) };
}
