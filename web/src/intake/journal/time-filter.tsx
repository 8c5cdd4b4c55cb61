import { NativeSelect, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';
import { type JournalSearch, minuteOf, noTimes, type Span, spans, USUAL_SPAN } from '../journal-search.ts';

const OWN = 'own';
const DAY = 86_400_000;

interface Props {
  search: JournalSearch;
  go: (change: Partial<JournalSearch>) => void;
}

/** Chooses a span or a custom time range. */
export function TimeFilter({ search, go }: Props) {
  const isOwn = search.from !== undefined || search.to !== undefined;
  const choose = (value: string) => {
    if (value === OWN) return go({ ...noTimes, from: minuteOf(Date.now() - DAY), to: minuteOf(Date.now() + 60_000) });
    go({ ...noTimes, days: value === USUAL_SPAN ? undefined : (value as Span) });
  };
  return (
    <>
      <NativeSelect
        aria-label="Time"
        value={isOwn ? OWN : (search.days ?? USUAL_SPAN)}
        onChange={({ currentTarget: { value } }) => choose(value)}
        data={[
          ...Object.entries(spans).map(([value, label]) => ({ value, label })),
          { value: OWN, label: 'Custom period' },
        ]}
      />
      {isOwn && (
        <>
          <Minute label="From" value={search.from} max={search.to} onSet={(from) => go({ from })} />
          <Minute label="To" value={search.to} min={search.from} onSet={(to) => go({ to })} />
        </>
      )}
    </>
  );
}

interface MinuteProps {
  label: string;
  value: string | undefined;
  min?: string | undefined;
  max?: string | undefined;
  onSet: (minute: string | undefined) => void;
}

/** A field that applies its time only when it is complete: on Enter, or when the field loses the focus. */
function Minute({ label, value, min, max, onSet }: MinuteProps) {
  const field = useRef<HTMLInputElement>(null);
  const set = () => {
    const typed = field.current?.value.slice(0, 16) ?? '';
    if (typed !== (value ?? '')) onSet(typed || undefined);
  };
  return (
    <TextInput
      key={value}
      ref={field}
      type="datetime-local"
      aria-label={label}
      title={label}
      defaultValue={value ?? ''}
      min={min}
      max={max}
      onBlur={set}
      onKeyDown={(event: KeyboardEvent) => event.key === 'Enter' && set()}
    />
  );
}
