import { useNavigate } from '@tanstack/react-router';
import { Segments } from '../../../ui/segments.tsx';
import type { LeadFilters } from '../../filters.ts';

interface Props {
  shown: 'list' | 'board';
  filters: LeadFilters;
  viewId: string | undefined;
}

const ways = [
  { value: 'list', label: 'List' },
  { value: 'board', label: 'Board' },
] as const;

/** Switches between list and board for the same leads. */
export function ListOrBoard({ shown, filters, viewId }: Props) {
  const navigate = useNavigate();
  const change = (next: Props['shown']) => {
    if (next === shown) return;
    const search = { ...filters, ...(viewId && { view: viewId }) };
    void navigate({ to: next === 'board' ? '/pipeline' : '/leads', search: search as never });
  };
  return <Segments label="Show leads as" segments={ways} value={shown} onChange={change} />;
}
