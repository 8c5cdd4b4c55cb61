import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';

const route = getRouteApi('/shell/deals');

/** Shows the day filters from the URL, each with a button to remove it. */
export function DayFilters() {
  const { closes_by, closed_from, closed_to } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      {closes_by && (
        <DayFilter
          words={`Closing by ${dayWords(closes_by)}`}
          onRemove={() => void navigate({ search: ({ closes_by: _, ...old }) => old })}
        />
      )}
      {(closed_from || closed_to) && (
        <DayFilter
          words={['Closed', closed_from && `from ${dayWords(closed_from)}`, closed_to && `to ${dayWords(closed_to)}`]
            .filter(Boolean)
            .join(' ')}
          onRemove={() => void navigate({ search: ({ closed_from: _, closed_to: __, ...old }) => old })}
        />
      )}
    </>
  );
}

function DayFilter({ words, onRemove }: { words: string; onRemove: () => void }) {
  return (
    <Button onClick={onRemove} rightSection={<IconX size={14} aria-hidden />} aria-label={`Clear ${words}`}>
      {words}
    </Button>
  );
}

function dayWords(day: string): string {
  return new Date(`${day}T00:00:00`).toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}
