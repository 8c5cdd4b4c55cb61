import { TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from './frame.module.css';

/** The field for a two-step sign-in code or a recovery code. */
export function CodeField({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const [recovery, setRecovery] = useState(false);
  return (
    <>
      <TextInput
        key={recovery ? 'recovery' : 'app'}
        label={recovery ? 'Recovery code' : 'Code from your authenticator app'}
        name="code"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        autoComplete="one-time-code"
        inputMode={recovery ? 'text' : 'numeric'}
        maxLength={40}
        autoFocus
        required
        withAsterisk={false}
      />
      <button
        type="button"
        className={classes.link}
        onClick={() => {
          onChange('');
          setRecovery(!recovery);
        }}
      >
        {recovery ? 'Use the authenticator app' : 'Use a recovery code'}
      </button>
    </>
  );
}
