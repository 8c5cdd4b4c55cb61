import { absolute, relative, useMinute } from './times.ts';

/** How long ago, or how soon; the full moment with its zone is told on hover. Nothing is shown for no moment. */
export function RelativeTime({ at, className }: { at: string | null | undefined; className?: string }) {
  const minute = useMinute();
  if (!at) return <span aria-hidden>—</span>;
  return (
    <time dateTime={at} title={absolute(at)} className={className}>
      {relative(Date.parse(at), minute)}
    </time>
  );
}
