import { PasswordInput, type PasswordInputProps } from '@mantine/core';

interface Props extends Omit<PasswordInputProps, 'onChange'> {
  onChange: (password: string) => void;
}

/** A field for a password that has to be given; for a new one, `autoComplete` has to say so. */
export function PasswordField({ onChange, ...props }: Props) {
  return (
    <PasswordInput
      autoComplete="current-password"
      {...props}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={1024}
      required
      withAsterisk={false}
    />
  );
}
