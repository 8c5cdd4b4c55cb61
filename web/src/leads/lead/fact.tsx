import { Button } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import type { Problem } from '../../api/problem.ts';
import { FactEditor } from './fact-editor.tsx';
import { changeOf, draftOf, type FactField, valueOf } from './fact-fields.ts';
import classes from './facts.module.css';
import type { Lead } from './lead-queries.ts';
import type { Conflict, FieldChange } from './use-change.ts';

interface Props {
  lead: Lead;
  field: FactField;
  /** How the value is shown; as it is if not said. */
  shown?: ReactNode;
  /** Beside the value: a copy button. */
  beside?: ReactNode;
  readOnly: boolean;
  conflict?: Conflict | undefined;
  onChange: (change: FieldChange) => Promise<Problem | undefined>;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** One fact; a click makes it a field. Enter keeps what was typed, Escape gives it up. */
export function Fact({ lead, field, shown, beside, readOnly, conflict, onChange, onKeepMine, onTakeTheirs }: Props) {
  const [editing, setEditing] = useState(false);
  const [error, setError] = useState<string>();
  const label = useId();
  const value = valueOf(lead, field);
  const text = shown ?? (value === true ? 'Yes' : value === false ? 'No' : value);

  const keep = async (typed: string, name?: string) => {
    if (typed === draftOf(lead, field)) return stop();
    setError(undefined);
    const problem = await onChange(changeOf(lead, field, typed, name));
    if (!problem) return stop();
    setError(problem.of(field.custom ? `custom.${field.key}` : field.key) ?? problem.message);
  };
  const stop = () => {
    setEditing(false);
    setError(undefined);
  };

  return (
    <div className={classes.fact} data-wide={field.kind === 'area' || undefined}>
      <dt id={label} className={classes.label}>
        {field.label}
      </dt>
      <dd className={classes.value}>
        {editing ? (
          <FactEditor field={field} start={draftOf(lead, field)} error={error} onKeep={keep} onCancel={stop} />
        ) : (
          <>
            {readOnly ? (
              <span className={classes.plain}>{text ?? <Nothing />}</span>
            ) : (
              <button
                type="button"
                className={classes.button}
                data-fact={field.key}
                aria-label={`${field.label}: ${value === null ? 'nothing' : typeof text === 'string' || typeof text === 'number' ? text : value}. Edit`}
                onClick={() => setEditing(true)}
              >
                {text ?? <Nothing />}
              </button>
            )}
            {beside}
          </>
        )}
        {conflict && (
          <div role="alert" className={classes.conflict}>
            <p>
              Meanwhile it was changed to <strong>{String(valueOf(conflict.theirs, field) ?? 'nothing')}</strong>. Yours:{' '}
              <strong>{String(mineOf(conflict, field) ?? 'nothing')}</strong>.
            </p>
            <Button onClick={onKeepMine}>Keep mine</Button>
            <Button onClick={onTakeTheirs}>Take theirs</Button>
          </div>
        )}
      </dd>
    </div>
  );
}

function mineOf({ change, theirs }: Conflict, field: FactField) {
  return valueOf({ ...theirs, ...change.shown }, field);
}

function Nothing() {
  return <span className={classes.nothing}>—</span>;
}
