import { Pill, type Tone, tones } from '../ui/pill.tsx';
import type { Deal, DealSummary } from './api/get-deals.ts';
import classes from './deals.module.css';

const usual: Record<Deal['state'], Tone> = { open: 'proposal', won: 'won', lost: 'lost' };

/** A stage in its own colour, or in the default colour of its state. */
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

/** The colour of a stage. */
export function colourOf(stageId: string, summary: DealSummary | undefined): string | null | undefined {
  return summary?.stages.find(({ id }) => id === stageId)?.colour;
}

/** The name of a deal, or of its lead if it has none. */
export function dealName({ name, lead_name }: Pick<Deal, 'name' | 'lead_name'>): string {
  return name ?? `Deal with ${lead_name}`;
}

/** The expected close date, marked as late when an open deal has passed it. */
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

/** A calendar day, the same in every time zone: `24 Dec 2026`. */
function dayWords(day: string): string {
  return new Intl.DateTimeFormat(undefined, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`));
}
