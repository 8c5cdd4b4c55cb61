import { TextInput, type TextInputProps } from '@mantine/core';

interface Props extends Omit<TextInputProps, 'onChange'> {
  onChange: (login: string) => void;
}

/** The field for the email or username of an account; browsers fill in what they remember. */
export function LoginField({ onChange, ...props }: Props) {
  return (
    <TextInput
      {...props}
      onChange={(event) => onChange(event.currentTarget.value)}
      name="username"
      autoComplete="username"
      maxLength={254}
      autoFocus
      required
      withAsterisk={false}
    />
  );
}
