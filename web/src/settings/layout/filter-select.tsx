import { Select, type SelectProps } from '@mantine/core';

interface Props extends Pick<SelectProps, 'className' | 'data' | 'searchable'> {
  label: string;
  /** What is shown while nothing is chosen: `Any state`. */
  any: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** Narrows a list to one value of a field. */
export function FilterSelect({ label, any, value, onChange, ...select }: Props) {
  return (
    <Select
      {...select}
      aria-label={label}
      placeholder={any}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      clearable
      clearButtonProps={{ 'aria-label': any }}
    />
  );
}
