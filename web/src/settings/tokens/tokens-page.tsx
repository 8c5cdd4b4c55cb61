import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type Dialect, useDialects } from '../../app/dialects.ts';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { Pill } from '../../ui/pill.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Column } from '../layout/column.tsx';
import settings from '../layout/settings.module.css';
import { CreateToken } from './create-token.tsx';
import { type Outcomes, stateOf, type Token, tally, useTokens, useTokenUses } from './get-tokens.ts';
import { showSecret } from './secret.ts';
import classes from './tokens.module.css';

const route = getRouteApi('/shell/connections');

/** The APIs that leads can arrive through, with the tokens of each. */
export function TokensPage(): ReactNode {
  const dialects = useDialects();
  const tokens = useTokens();
  const uses = useTokenUses();
  const { new: asked } = route.useSearch();
  const [creating, setCreating] = useState(asked);
  return (
    <Column
      title="API tokens"
      intro="Each token gives access to one API. Point an existing client at this server, give it a token, and its leads arrive here."
      isStart
      actions={
        <Button variant="filled" onClick={() => setCreating('native')}>
          New token
        </Button>
      }
    >
      <DataState query={tokens} what="Could not load the tokens.">
        {(all) => (
          <div className={settings.stack}>
            {dialects.map((dialect) => (
              <DialectCard
                key={dialect.name}
                dialect={dialect}
                tokens={all.filter((token) => token.dialect === dialect.name)}
                uses={uses.data}
                onCreate={() => setCreating(dialect.name)}
              />
            ))}
          </div>
        )}
      </DataState>
      {creating && <CreateToken dialect={creating} onMade={showSecret} onClose={() => setCreating(undefined)} />}
    </Column>
  );
}

interface CardProps {
  dialect: Dialect;
  tokens: readonly Token[];
  uses: ReadonlyMap<string, Outcomes> | undefined;
  onCreate: () => void;
}

function DialectCard({ dialect, tokens, uses, onCreate }: CardProps) {
  const live = tokens.filter((token) => stateOf(token) === 'live');
  const shown = [...live, ...tokens.filter((token) => stateOf(token) !== 'live').slice(-3)];
  return (
    <Card title={dialect.title} flush actions={<Button onClick={onCreate}>New token</Button>}>
      <div className={classes.base}>
        <span className="mono">
          {dialect.base_url}
          {dialect.prefixes.length === 1 ? dialect.prefixes[0] : ''}
        </span>
        <CopyButton value={dialect.base_url} label={`Copy the URL for ${dialect.title}`} />
        <span className={classes.facts}>{live.length === 1 ? '1 token' : `${live.length} tokens`}</span>
      </div>
      {shown.map((token) => (
        <TokenRow key={token.id} token={token} outcomes={uses?.get(token.id)} />
      ))}
    </Card>
  );
}

function TokenRow({ token, outcomes }: { token: Token; outcomes: Outcomes | undefined }) {
  const state = stateOf(token);
  const { accepted, refused } = tally(outcomes);
  return (
    <Link to="/connections/$token" params={{ token: token.id }} className={classes.token}>
      <strong>{token.name}</strong>
      <span className="mono muted">{token.hint}</span>
      {state !== 'live' && <Pill tone="lost">{state}</Pill>}
      {token.test_mode && <Pill tone="proposal">test mode</Pill>}
      {state === 'live' && token.expires_at && (
        <Pill tone="proposal">
          expires <RelativeTime at={token.expires_at} />
        </Pill>
      )}
      <span className={classes.facts}>
        <span>{accepted.toLocaleString()} accepted</span>
        <span className={refused > 0 ? classes.refused : undefined}>{refused.toLocaleString()} refused in 24 h</span>
        <span>
          {token.last_used_at ? <RelativeTime at={token.last_used_at} /> : 'never used'}
          {token.last_used_address && ` from ${token.last_used_address}`}
        </span>
      </span>
    </Link>
  );
}
