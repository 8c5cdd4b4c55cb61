import { Refused } from '../../http/refused.ts';
import { invalid } from '../../platform/problem.ts';
import { dayIn, plusDays, startOfDay } from '../../platform/time/calendar.ts';
import { parseDate, parseInstant } from '../../platform/time/dates.ts';
import type { FilterContext } from './filter-context.ts';
import type { FilterQuery } from './lead-filter-shapes.ts';
import type { ListFilter } from './lead-list-store.ts';

const daysOf = { today: 0, '7d': 6, '30d': 29 } as const;

/** When leads came: today counts as the first of the days. */
export function createdIn(
  { created, created_from, created_to }: FilterQuery,
  filterContext: FilterContext,
): ListFilter {
  const { timeZone, today } = clockOf(filterContext);
  const filter: ListFilter = {};
  if (created) filter.created_from = startOfDay(plusDays(today, -daysOf[created]), timeZone);
  if (created_from !== undefined) filter.created_from = instantOf('created_from', created_from, timeZone);
  if (created_to !== undefined) filter.created_to = endOf('created_to', created_to, timeZone);
  return filter;
}

/** When the next step of leads is due. */
export function nextIn({ next }: FilterQuery, filterContext: FilterContext): ListFilter {
  const { timeZone, today } = clockOf(filterContext);
  const tomorrow = () => startOfDay(plusDays(today, 1), timeZone);
  switch (next) {
    case 'overdue':
      return { next_to: filterContext.now };
    case 'today':
      return { next_from: startOfDay(today, timeZone), next_to: tomorrow() };
    case 'callback':
      return { next_kind: 'callback', next_to: tomorrow() };
    case 'planned':
      return { planned: true };
    case 'none':
      return { planned: false };
    default:
      return {};
  }
}

function clockOf({ referenceData, now }: FilterContext): { timeZone: string; today: string } {
  const timeZone = referenceData.workspace.time_zone;
  return { timeZone, today: dayIn(now, timeZone) };
}

function instantOf(at: string, text: string, timeZone: string): Date {
  const instant = parseInstant(text, timeZone);
  if (!instant) throw new Refused(invalid({ at, code: 'not_date' }));
  return instant;
}

/** The day that is named ends when the next one begins. */
function endOf(at: string, text: string, timeZone: string): Date {
  const day = parseDate(text);
  return day === text.trim() ? startOfDay(plusDays(day, 1), timeZone) : instantOf(at, text, timeZone);
}
