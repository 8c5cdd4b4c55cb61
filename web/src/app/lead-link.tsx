import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** The way to a lead, from wherever it is named. */
export function LeadLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Link to="/leads" search={{ lead: id }} className="quiet-link clip">
      {children}
    </Link>
  );
}
