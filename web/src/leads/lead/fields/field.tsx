import { type ReactNode, useId, useState } from 'react';
import type { LeadField } from '../../../app/lead-fields.ts';
import type { Lead } from '../../api/get-lead.ts';
import type { FieldChange } from '../../api/lead-change.ts';
import type { UpdateOutcome } from '../../api/update-lead.ts';
import { FieldEditor } from './field-editor.tsx';
import classes from './fields.module.css';
import { changeOf, draftOf, fieldValue } from './lead-page-fields.ts';

interface Props {
  lead: Lead;
  field: LeadField;
  /** The formatted value; the plain value by default. */
  shown?: string | undefined;
  /** Shown beside the value, such as a copy button. */
  beside?: ReactNode;
  /** Shown below the value; a problem comes with a button to correct the value. */
  note?: { text: string; isProblem: boolean } | undefined;
  readOnly: boolean;
  onChange: (change: FieldChange, seen: Lead) => Promise<UpdateOutcome>;
}

/** One field of a lead. A click starts editing, Enter saves, Escape cancels. */
export function Field({ lead, field, shown, beside, note, readOnly, onChange }: Props) {
  // The lead as it was when editing began.
  const [begun, setBegun] = useState<Lead>();
  const [error, setError] = useState<string>();
  const label = useId();
  const keep = async (typed: string, name?: string) => {
    if (!begun || typed === draftOf(begun, field)) return stop();
    setError(undefined);
    const outcome = await onChange(changeOf(begun, field, typed, name), begun);
    if (outcome.kind !== 'refused') return stop();
    const { problem } = outcome;
    setError(problem.of(field.name) ?? problem.message);
    return problem.isRefusal;
  };
  const stop = () => {
    setBegun(undefined);
    setError(undefined);
    return true;
  };

  return (
    <div
      className={classes.fact}
      data-wide={field.format === 'long' || undefined}
      data-line={(beside !== undefined && !begun) || undefined}
    >
      <dt id={label} className="small-print">
        {field.label}
      </dt>
      <dd className={classes.value}>
        {begun ? (
          <FieldEditor
            field={field}
            start={draftOf(begun, field)}
            error={error}
            onKeep={keep}
            onCancel={() => void stop()}
          />
        ) : (
          <>
            <Shown lead={lead} field={field} shown={shown} onEdit={readOnly ? undefined : () => setBegun(lead)} />
            {beside}
          </>
        )}
      </dd>
      {note && !begun && (
        <dd className={classes.note} data-problem={note.isProblem || undefined}>
          {note.text}
          {note.isProblem && !readOnly && (
            <button type="button" className={classes.correct} onClick={() => setBegun(lead)}>
              Correct it
            </button>
          )}
        </dd>
      )}
    </div>
  );
}

interface ShownProps extends Pick<Props, 'lead' | 'field' | 'shown'> {
  onEdit: (() => void) | undefined;
}

/** The value, as a button that starts editing. */
function Shown({ lead, field, shown, onEdit }: ShownProps) {
  const value = fieldValue(lead, field);
  const plain = value === true ? 'Yes' : value === false ? 'No' : value;
  const text = shown ?? plain;
  const words = text ?? <span className={classes.nothing}>—</span>;
  if (!onEdit) return <span className={classes.plain}>{words}</span>;
  return (
    <button
      type="button"
      className={classes.button}
      data-fact={field.name}
      aria-label={`${field.label}: ${text ?? 'empty'}. Edit`}
      onClick={onEdit}
    >
      {words}
    </button>
  );
}
