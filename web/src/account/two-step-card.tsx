import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body, type Shape } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { Card } from '../ui/card.tsx';
import { toast } from '../ui/feedback/toast.tsx';
import { Pill } from '../ui/pill.tsx';
import classes from './account.module.css';
import { PasswordProof } from './password-proof.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { TwoStepSetup } from './two-step-setup.tsx';

type Step = 'rest' | 'prove' | { setup: Shape<'TotpSecret'> } | { codes: string[] };

/** Turns two-step sign-in on and off: QR code, first code, then the recovery codes. */
export function TwoStepCard({ on }: { on: boolean }) {
  const [step, setStep] = useState<Step>('rest');
  const client = useQueryClient();
  const renew = () => client.invalidateQueries({ queryKey: keys.me });
  const rest = () => setStep('rest');
  const begin = async (password: string) =>
    setStep({ setup: await body(api.POST('/v1/me/totp', { body: { password } })) });
  const end = async (password: string) => {
    await api.DELETE('/v1/me/totp', { body: { password } });
    rest();
    toast.done('Two-step sign-in is off');
    await renew();
  };

  return (
    <Card
      title={
        <>
          Two-step sign-in <Pill tone={on ? 'won' : 'neutral'}>{on ? 'On' : 'Off'}</Pill>
        </>
      }
      text="Signing in also needs a code from an app on your phone, so a stolen password is not enough."
    >
      {step === 'rest' && (
        <div className={classes.form}>
          <div className="buttons">
            <Button onClick={() => setStep('prove')}>{on ? 'Turn off' : 'Set up'}</Button>
          </div>
        </div>
      )}
      {step === 'prove' && (
        <PasswordProof action={on ? 'Turn off' : 'Continue'} onProve={on ? end : begin} onCancel={rest} />
      )}
      {typeof step === 'object' && 'setup' in step && (
        <TwoStepSetup
          made={step.setup}
          onCancel={rest}
          onDone={(codes) => {
            setStep({ codes });
            void renew();
          }}
        />
      )}
      {typeof step === 'object' && 'codes' in step && <RecoveryCodes codes={step.codes} onDone={rest} />}
    </Card>
  );
}
