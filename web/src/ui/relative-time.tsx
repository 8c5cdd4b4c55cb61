import { absolute, relative, useMinute } from './times.ts';

/** A moment relative to now; hovering shows it in full, with the time zone. A dash if there is none. */
export function RelativeTime({ at, className }: { at: string | null | undefined; className?: string }) {
  const minute = useMinute();
  if (!at) return <span aria-hidden>—</span>;
  return (
    <time dateTime={at} title={absolute(at)} className={className}>
      {relative(Date.parse(at), minute)}
    </time>
  );
}
