import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A link to a lead. */
export function LeadLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Link to="/leads" search={{ lead: id }} className="quiet-link clip">
      {children}
    </Link>
  );
}
