import { TextInput } from '@mantine/core';
import { useShortcuts } from '../../../app/shortcuts.ts';
import classes from './composer.module.css';
import { ChipKey, WhenField } from './when-field.tsx';

/** The next step of a lead, as asked for with the outcome of a call. */
export interface NextStepDraft {
  name: string;
  /** In the format of datetime-local inputs; empty until chosen. */
  due: string;
  /** True if there is deliberately no next step. */
  isNone: boolean;
}

export const emptyNextStep: NextStepDraft = { name: 'Follow up', due: '', isNone: false };

/** Whether the question about the next step has been answered. */
export const isAnswered = ({ name, due, isNone }: NextStepDraft) => isNone || (name.trim() !== '' && due !== '');

/** The next step as the API takes it; empty if there is to be none. */
export function nextStepBody({ name, due, isNone }: NextStepDraft) {
  return isNone || due === '' ? {} : { next_step: { name: name.trim(), due_at: new Date(due).toISOString() } };
}

interface Props {
  step: NextStepDraft;
  onChange: (step: NextStepDraft) => void;
  /** True if single keys choose a due time or no next step. */
  keyed?: boolean;
}

/** Asks what comes next for a lead, and when. */
export function NextStepFields({ step, onChange, keyed = false }: Props) {
  const none = () => onChange({ ...step, isNone: !step.isNone });
  useShortcuts({ y: { label: 'No next step', run: none } }, keyed);
  return (
    <div role="group" aria-label="Next step" className={classes.next}>
      <TextInput
        size="xs"
        label="Next step"
        value={step.name}
        disabled={step.isNone}
        onChange={(event) => onChange({ ...step, name: event.currentTarget.value })}
      />
      <div className={classes.row}>
        <WhenField
          label="When the next step is due"
          keyed={keyed ? 'Next step' : undefined}
          value={step.isNone ? '' : step.due}
          onChange={(due) => onChange({ ...step, due, isNone: false })}
        />
        <button type="button" className={classes.chip} aria-pressed={step.isNone} onClick={none}>
          No next step
          {keyed && <ChipKey keys="y" />}
        </button>
      </div>
    </div>
  );
}
