import { Pill, type Tone, tones } from '../ui/pill.tsx';
import type { Deal, DealSummary } from './api/get-deals.ts';
import classes from './deals.module.css';

const usual: Record<Deal['state'], Tone> = { open: 'proposal', won: 'won', lost: 'lost' };

/** A stage: in the colour it was given, or that of what it means. */
export function Stage({
  name,
  state,
  colour,
}: {
  name: string;
  state: Deal['state'];
  colour?: string | null | undefined;
}) {
  return <Pill tone={tones.find((tone) => tone === colour) ?? usual[state]}>{name}</Pill>;
}

/** The colour of a stage, as the summary knows it. */
export function colourOf(stageId: string, summary: DealSummary | undefined): string | null | undefined {
  return summary?.stages.find(({ id }) => id === stageId)?.colour;
}

/** What a deal is called; one without a name is called by its lead. */
export function dealName({ name, lead_name }: Pick<Deal, 'name' | 'lead_name'>): string {
  return name ?? `Deal with ${lead_name}`;
}

/** A day as people write it; red with a word when an open deal should have closed before today. */
export function CloseDate({ deal: { end_date, state }, today }: { deal: Deal; today: string }) {
  if (!end_date) return <span aria-hidden>—</span>;
  const late = state === 'open' && end_date < today;
  return (
    <time dateTime={end_date} className={classes.date} data-late={late || undefined}>
      {dayWords(end_date)}
      {late && ' · late'}
    </time>
  );
}

/** A day of the calendar, which is the same everywhere: `24 Dec 2026`. */
export function dayWords(day: string): string {
  return new Intl.DateTimeFormat(undefined, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`));
}
