import { PasswordField } from '../ui/form/password-field.tsx';
import classes from './frame.module.css';

interface Props {
  label?: string;
  value: string;
  error?: string | undefined;
  onChange: (password: string) => void;
}

/** A field to choose a password. It shows the length, because length is what makes a password strong. */
export function NewPassword({ label = 'Password', value, error, onChange }: Props) {
  const level = levelOf(value);
  return (
    <div>
      <PasswordField
        label={label}
        name="new-password"
        autoComplete="new-password"
        description="8 characters or more; a few words are best. You can paste it."
        value={value}
        onChange={onChange}
        error={error}
      />
      <div className={classes.strength} data-level={level} role="img" aria-label={`Strength: ${words[level]}`}>
        <i />
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}

const words = ['nothing yet', 'too short', 'fair', 'good', 'strong'] as const;

function levelOf(password: string): 0 | 1 | 2 | 3 | 4 {
  const length = [...password].length;
  if (length === 0) return 0;
  if (length < 8) return 1;
  if (length < 12) return 2;
  return length < 16 ? 3 : 4;
}
