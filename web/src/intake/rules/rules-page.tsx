import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useDialectTitle } from '../../app/dialects.ts';
import { useMay } from '../../app/session.ts';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Count, Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { type Rule, useRemoveRule, useRules } from '../api/get-reading-rules.ts';
import classes from './rules-page.module.css';

/** The reading rules: senders' words and what they mean here. */
export function RulesPage(): ReactNode {
  const rules = useRules();
  const mayRemove = useMay('administer');
  const remove = useRemoveRule();
  return (
    <Page
      title="Reading rules"
      beside={rules.data && rules.data.length > 0 && <Count of={rules.data.length} />}
      actions={<Button renderRoot={(props) => <Link to="/intake" {...props} />}>Back to intake</Button>}
    >
      <p className={classes.intro}>
        Translate senders’ values into yours. Requests are stored as received; the lead’s timeline shows what was
        replaced.
      </p>
      <DataState
        query={rules}
        what="Could not load the rules."
        empty={
          <EmptyState
            title="No rules yet"
            text="Open a request that was refused for an unknown value and choose what it means."
          >
            <Button
              renderRoot={(props) => <Link to="/intake" search={{ outcome: 'refused', group: true }} {...props} />}
            >
              Refused requests
            </Button>
          </EmptyState>
        }
      >
        {(data) => (
          <ul className={classes.list} aria-label="Rules">
            {data.map((rule) => (
              <RuleLine key={rule.id} rule={rule} onRemove={mayRemove ? () => void remove(rule) : undefined} />
            ))}
          </ul>
        )}
      </DataState>
    </Page>
  );
}

function RuleLine({ rule, onRemove }: { rule: Rule; onRemove: (() => void) | undefined }) {
  const { dialect, token_name, field, value, meaning, created_by, created_at } = rule;
  const dialectTitle = useDialectTitle();
  return (
    <li className={classes.rule}>
      <div className={classes.words}>
        <span className={classes.reading}>
          <span className="mono muted">{field}</span> <span className="mono">{value}</span>
          <IconArrowRight size={14} aria-label="is read as" role="img" />
          <strong>{meaning}</strong>
        </span>
        <span className="muted">
          {dialectTitle(dialect)} · {token_name ? `only ${token_name}` : 'all tokens'} · {created_by},{' '}
          <RelativeTime at={created_at} />
        </span>
      </div>
      {onRemove && (
        <Button onClick={onRemove} aria-label={`Remove the rule for ${value}`}>
          Remove
        </Button>
      )}
    </li>
  );
}
