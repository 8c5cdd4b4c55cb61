import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { encode } from 'uqr';
import { api, body, type Shape } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Form } from '../ui/form/form.tsx';
import { FormButtons } from '../ui/form/form-buttons.tsx';
import classes from './account.module.css';

interface Props {
  made: Shape<'TotpSecret'>;
  onCancel: () => void;
  onDone: (codes: string[]) => void;
}

/** Shows the QR code and asks for the first code from the authenticator app. */
export function TwoStepSetup({ made, onCancel, onDone }: Props) {
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: () => body(api.POST('/v1/me/totp/confirm', { body: { code } })),
    onSuccess: ({ recovery_codes }) => onDone(recovery_codes),
  });
  return (
    <div className={classes.setup}>
      <Qr text={made.uri} label="QR code for your authenticator app" />
      <div>
        <p className={classes.text}>Scan the code with an authenticator app, or enter this secret:</p>
        <p className={classes.secret}>
          <span className="mono">{made.secret.match(/.{1,4}/g)?.join(' ')}</span>
          <CopyButton value={made.secret} label="Copy secret" />
        </p>
        <Form className={classes.form} onSubmit={() => confirm.mutate()} onClose={onCancel}>
          <TextInput
            label="Code shown in the app"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={confirm.error && asProblem(confirm.error).message}
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={12}
            autoFocus
            required
            withAsterisk={false}
          />
          <FormButtons className="buttons" action="Turn on" isBusy={confirm.isPending} onCancel={onCancel} />
        </Form>
      </div>
    </div>
  );
}

/** A QR code, always dark on white because cameras need that. */
function Qr({ text, label }: { text: string; label: string }) {
  const { size, data } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      className={classes.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
