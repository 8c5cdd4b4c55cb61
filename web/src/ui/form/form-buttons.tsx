import { Button } from '@mantine/core';

interface Props {
  className: string | undefined;
  /** The words of the button that submits the form. */
  action: string;
  isBusy?: boolean;
  isDisabled?: boolean;
  /** Without it, there is no button to cancel. */
  onCancel?: () => void;
}

/** The buttons at the end of a form. */
export function FormButtons({ className, action, isBusy = false, isDisabled = false, onCancel }: Props) {
  return (
    <div className={className}>
      {onCancel && <Button onClick={onCancel}>Cancel</Button>}
      <Button type="submit" variant="filled" loading={isBusy} disabled={isDisabled}>
        {action}
      </Button>
    </div>
  );
}
