import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Shape } from '../../api/client.ts';
import { numbered, useShortcuts } from '../../app/shortcuts.ts';
import { NextStepFields } from '../../leads/public.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { lostReasonsQuery } from '../api/get-calls.ts';
import { CallbackPicker } from './callback-picker.tsx';
import classes from './ending.module.css';
import type { Ending } from './use-ending.ts';

interface Props {
  ending: Ending;
  zone: Shape<'CalleeZone'>;
  /** False until the call has been made. */
  enabled: boolean;
}

/** The outcomes as tiles with a key each, and the fields that the chosen one requires. */
export function OutcomePanel({ ending, zone, enabled }: Props) {
  const { outcomes, chosen } = ending;
  useShortcuts(
    numbered(outcomes, (outcome) => ({ label: outcome.name, run: () => ending.choose(outcome) })),
    enabled,
  );
  return (
    <fieldset className="plain-fieldset" disabled={!enabled}>
      <legend className={classes.legend}>Outcome</legend>
      <div className={classes.tiles}>
        {outcomes.map((outcome, at) => (
          <button
            key={outcome.id}
            type="button"
            aria-pressed={chosen?.id === outcome.id}
            className={classes.tile}
            onClick={() => ending.choose(outcome)}
          >
            {at < 9 && (
              <span aria-hidden>
                <Kbd keys={String(at + 1)} />
              </span>
            )}
            {outcome.name}
          </button>
        ))}
      </div>
      {enabled && ending.needsTime && <CallbackPicker ending={ending} zone={zone} />}
      {enabled && ending.needsReason && <WhyLost ending={ending} />}
      {enabled && ending.needsStep && <NextStepFields keyed step={ending.nextStep} onChange={ending.setNextStep} />}
    </fieldset>
  );
}

function WhyLost({ ending }: { ending: Ending }) {
  const { data = [] } = useQuery(lostReasonsQuery);
  return (
    <Select
      label="Why was the lead lost?"
      className={classes.why}
      data={data.map(({ id, name }) => ({ value: id, label: name }))}
      value={ending.lostReason}
      onChange={ending.setLostReason}
      searchable
    />
  );
}
