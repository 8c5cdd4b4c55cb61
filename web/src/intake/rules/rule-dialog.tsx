import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { asProblem } from '../../api/problem.ts';
import { useDialectTitle } from '../../app/dialects.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/feedback/error-bar.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { Form } from '../../ui/form/form.tsx';
import { useMakeRule } from '../api/get-reading-rules.ts';
import { type RequestPage, useReplay } from '../api/get-request.ts';
import classes from '../replay-dialog.module.css';

type Fault = RequestPage['errors'][number];

interface Props {
  page: RequestPage;
  fault: Fault;
  onClose: () => void;
}

/** Creates a reading rule for a sender's word, and optionally replays the request at hand. */
export function RuleDialog({ page, fault, onClose }: Props) {
  const { dialect, token_id, token_name } = page;
  const [meaning, setMeaning] = useState(fault.suggestion ?? '');
  const [isOfToken, setOfToken] = useState(false);
  const rule = useMakeRule();
  const replay = useReplay(page.id);
  const words = useId();
  const title = useDialectTitle()(dialect);
  const make = async (again: boolean) => {
    const { field, value: found } = fault;
    await rule.mutateAsync({ dialect, token_id: isOfToken ? token_id : null, field, value: found ?? '', meaning });
    onClose();
    if (again) replay.mutate({});
    else toast.done(`“${found}” is now read as “${meaning}”`);
  };
  const submit = (again: boolean) => void make(again).catch(() => {});
  const isReady = meaning.trim() !== '';
  return (
    <Dialog onClose={onClose} title="Create rule">
      <Form
        className={classes.form}
        onSubmit={() => {
          if (isReady && !rule.isPending) submit(page.replayable);
        }}
      >
        <p className={classes.words}>
          When <span className="mono">{fault.field}</span> is <span className="mono">“{fault.value}”</span>, read it as:
        </p>
        <TextInput
          data-autofocus
          label="Your value"
          list={words}
          value={meaning}
          onChange={({ currentTarget }) => setMeaning(currentTarget.value)}
          error={rule.error ? asProblem(rule.error).of('meaning') : undefined}
          autoComplete="off"
          required
          withAsterisk={false}
        />
        <datalist id={words}>
          {fault.known_values.map((word) => (
            <option key={word} value={word} />
          ))}
        </datalist>
        {token_id && (
          <NativeSelect
            label="Applies to"
            value={isOfToken ? 'token' : 'all'}
            onChange={({ currentTarget }) => setOfToken(currentTarget.value === 'token')}
            data={[
              { value: 'all', label: `All requests through ${title}` },
              { value: 'token', label: `Only requests with the token ${token_name ?? ''}` },
            ]}
          />
        )}
        <p className={classes.words}>
          The stored request stays unchanged. The lead’s timeline shows what was replaced.
        </p>
        {rule.error && <ErrorBar problem={asProblem(rule.error)} what="Could not create the rule." />}
        <div className="form-actions">
          <Button onClick={onClose}>Cancel</Button>
          {page.replayable && (
            <Button disabled={!isReady || rule.isPending} onClick={() => submit(false)}>
              Create rule
            </Button>
          )}
          <Button type="submit" variant="filled" loading={rule.isPending}>
            {page.replayable ? 'Create rule and replay' : 'Create rule'}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
