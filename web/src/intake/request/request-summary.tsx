import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useDialectTitle } from '../../app/dialects.ts';
import { useMay } from '../../app/session.ts';
import type { RequestPage } from '../api/get-request.ts';
import { exact, tookWords } from '../journal/times.ts';
import type { JournalSearch } from '../journal-search.ts';
import { RuleDialog } from '../rules/rule-dialog.tsx';
import classes from './request-summary.module.css';

/** The origin of the request: time, address, token and lead. */
export function Origin({ page, onFilter }: { page: RequestPage; onFilter: (change: Partial<JournalSearch>) => void }) {
  const { token_id, token_name, token_hint, member_name, lead_id, dialect } = page;
  const dialectTitle = useDialectTitle();
  const agent = (page.request.headers as Record<string, unknown>)['user-agent'];
  return (
    <dl className={classes.facts}>
      <dt>Time</dt>
      <dd>
        <time dateTime={page.received_at}>{exact(page.received_at)}</time>
        <span className="muted"> · took {tookWords(page.duration_ms)}</span>
      </dd>
      <dt>Via</dt>
      <dd>
        {dialectTitle(dialect)}
        {(token_name ?? member_name) && ` · ${token_name ?? member_name}`}
        {token_hint && <span className="mono muted"> {token_hint}</span>}
        {token_id && (
          <button type="button" className={classes.link} onClick={() => onFilter({ token: token_id })}>
            Only this token
          </button>
        )}
      </dd>
      <dt>IP address</dt>
      <dd>
        <span className="tabular">{page.address}</span>
        {typeof agent === 'string' && <span className="muted"> · {agent}</span>}
      </dd>
      {lead_id && (
        <>
          <dt>Lead</dt>
          <dd>
            <Link to="/leads" search={{ lead: lead_id }} className={classes.lead}>
              {page.lead_name ?? 'Lead'}
            </Link>
            <button
              type="button"
              className={classes.link}
              onClick={() => onFilter({ lead: lead_id, outcome: undefined })}
            >
              All requests for this lead
            </button>
          </dd>
        </>
      )}
    </dl>
  );
}

/** The errors of the request: each invalid value with its rule, suggestions, and a button to create a reading rule. */
export function Faults({ page }: { page: RequestPage }) {
  const { errors: faults, dismissed_at } = page;
  const mayTeach = useMay('administer');
  const [teaching, setTeaching] = useState<RequestPage['errors'][number]>();
  if (faults.length === 0) return null;
  return (
    <section className={classes.faults} aria-label="Errors">
      <ul>
        {faults.map((fault) => {
          const { field, code, rule, value: found, suggestion, can_add_rule } = fault;
          return (
            <li key={`${field} ${code}`}>
              {field && <strong>{field} </strong>}
              {found !== null && <span className="mono">“{found.slice(0, 200)}” </span>}
              {field && rule.startsWith(`${field} `) ? rule.slice(field.length + 1) : rule}
              {suggestion && ` Did you mean “${suggestion}”?`}
              {can_add_rule && mayTeach && (
                <Button className={classes.teach} onClick={() => setTeaching(fault)}>
                  Create rule…
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {teaching && <RuleDialog page={page} fault={teaching} onClose={() => setTeaching(undefined)} />}
      {dismissed_at && <p>Dismissed {exact(dismissed_at)}.</p>}
    </section>
  );
}
