import { NativeSelect, TextInput } from '@mantine/core';
import type { Ref } from 'react';
import type { Shape } from '../../../api/client.ts';
import { numbered, useShortcuts } from '../../../app/shortcuts.ts';
import { useCallOutcomes, useLostReasons, useStatuses } from '../../api/get-reference-data.ts';
import classes from './composer.module.css';
import type { Draft } from './draft.ts';
import { emptyNextStep, isAnswered, NextStepFields } from './next-step-fields.tsx';
import { ChipKey, WhenField } from './when-field.tsx';

type Outcome = Shape<'CallOutcomeView'>;

/** The outcome of a manually logged call, and whether it is complete. */
export function useCallEnding({ outcome, callback, lostReason, nextStep }: Draft) {
  const outcomes = useCallOutcomes();
  const statuses = useStatuses();
  const chosen = outcomes.find(({ id }) => id === outcome);
  const status = statuses.find(({ id }) => id === chosen?.status_id);
  const needsTime = chosen?.meaning === 'callback';
  const needsReason = status?.state === 'lost' && !chosen?.lost_reason_id;
  const needsStep = chosen?.asks_next_step === true;
  const isSaid =
    chosen !== undefined &&
    (!needsTime || callback !== '') &&
    (!needsReason || lostReason !== '') &&
    (!needsStep || isAnswered(nextStep));
  return { outcomes, chosen, status, needsTime, needsReason, needsStep, isSaid };
}

interface Props {
  draft: Draft;
  write: (more: Partial<Draft>) => void;
  ending: ReturnType<typeof useCallEnding>;
  /** The button of the first outcome. */
  first: Ref<HTMLButtonElement>;
}

/** The fields of a call log: the outcome and what it requires. */
export function CallFields({ draft, write, ending, first }: Props) {
  const { outcomes, chosen, status, needsTime, needsReason, needsStep } = ending;
  const choose = (id: string) =>
    write({ outcome: draft.outcome === id ? '' : id, callback: '', lostReason: '', nextStep: emptyNextStep });
  useShortcuts(numbered(outcomes, ({ id, name }) => ({ label: `Outcome: ${name}`, run: () => choose(id) })));
  return (
    <>
      <div className={classes.row} role="group" aria-label="Outcome">
        {outcomes.map(({ id, name }, at) => (
          <button
            key={id}
            ref={at === 0 ? first : undefined}
            type="button"
            className={classes.chip}
            aria-pressed={draft.outcome === id}
            onClick={() => choose(id)}
          >
            {name}
            {at < 9 && <ChipKey keys={String(at + 1)} />}
          </button>
        ))}
        <TextInput
          aria-label="Call length in minutes"
          placeholder="Minutes"
          inputMode="decimal"
          w={84}
          value={draft.minutes}
          onChange={(event) => write({ minutes: event.currentTarget.value })}
        />
      </div>
      {chosen && (
        <p role="status" className="note">
          {follows(chosen)}
          {status && ` The status changes to ${status.name}, unless the lead is already further along.`}
        </p>
      )}
      {needsTime && (
        <WhenField label="When to call back" value={draft.callback} onChange={(callback) => write({ callback })} />
      )}
      {needsReason && <WhyLost value={draft.lostReason} onChange={(lostReason) => write({ lostReason })} />}
      {needsStep && <NextStepFields keyed step={draft.nextStep} onChange={(nextStep) => write({ nextStep })} />}
    </>
  );
}

function WhyLost({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  const reasons = useLostReasons().map(({ id, name }) => ({ value: id, label: name }));
  return (
    <NativeSelect
      size="xs"
      label="Why was the lead lost?"
      data={[{ value: '', label: '—' }, ...reasons]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The consequence of an outcome, in words. */
function follows({ meaning, retry_minutes, max_attempts }: Outcome): string {
  if (meaning === 'retry') {
    const tries = max_attempts ? `, with at most ${max_attempts} attempts in total` : '';
    return `Another call is planned in ${duration(retry_minutes ?? 60)}${tries}.`;
  }
  if (meaning === 'callback') return 'A callback is planned for the agreed time:';
  return meaning === 'do_not_call' ? 'The lead will not be called again.' : 'No further call is planned.';
}

function duration(minutes: number): string {
  if (minutes % 1440 === 0) return minutes === 1440 ? 'a day' : `${minutes / 1440} days`;
  if (minutes % 60 === 0) return minutes === 60 ? 'an hour' : `${minutes / 60} hours`;
  return `${minutes} minutes`;
}
