import { absolute, ago, dayTime, useMinute } from './times.ts';

interface Props {
  at: string | null | undefined;
  /** For words such as "since": the time and, unless it is today, the day. */
  isStart?: boolean;
  className?: string;
}

/** A moment relative to now; hovering shows it in full, with the time zone. A dash if there is none. */
export function RelativeTime({ at, isStart = false, className }: Props) {
  const minute = useMinute();
  if (!at) return <span aria-hidden>—</span>;
  return (
    <time dateTime={at} title={absolute(at)} className={className}>
      {isStart ? dayTime(Date.parse(at), minute) : ago(Date.parse(at), minute)}
    </time>
  );
}
