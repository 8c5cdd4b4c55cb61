import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ItemForm } from '../form/item-form.tsx';
import { Column } from '../layout/column.tsx';
import settings from '../layout/settings.module.css';
import { EndToken } from './end-token.tsx';
import { stateOf, type Token, useRenewTokens, useSpec, useTokens } from './get-tokens.ts';
import { SpecCards } from './spec-cards.tsx';
import { useTokenFields } from './token-fields.ts';
import { TokenLife } from './token-life.tsx';
import { TryIt } from './try-it.tsx';

const route = getRouteApi('/shell/connections/$token');
const back = { to: '/connections', label: 'API tokens' };

/** The page of one token: integration guide, settings, rotation and revocation. */
export function TokenPage(): ReactNode {
  const { token: id } = route.useParams();
  const tokens = useTokens();
  const token = tokens.data?.find((one) => one.id === id);
  return (
    <Column
      title={token?.name ?? 'API token'}
      back={back}
      beside={token && <span className="mono">{token.hint}</span>}
      actions={token && stateOf(token) !== 'live' && <Pill tone="lost">{stateOf(token)}</Pill>}
    >
      <DataState
        query={tokens}
        what="Could not load the token."
        isEmpty={() => token === undefined}
        empty={<EmptyState title="Token not found" />}
      >
        {() => token && <TokenCards token={token} />}
      </DataState>
    </Column>
  );
}

function TokenCards({ token }: { token: Token }) {
  const spec = useSpec(token.id);
  const renew = useRenewTokens();
  const tokenFields = useTokenFields();
  const isLive = stateOf(token) === 'live';
  const save = async (changed: Record<string, unknown>) => {
    await body(api.PATCH('/v1/tokens/{id}', { params: { path: { id: token.id } }, body: changed }));
    await renew();
    toast.done('Saved');
  };
  return (
    <div className={settings.stack}>
      <TokenLife token={token} />
      <DataState query={spec} what="Could not load the integration guide.">
        {(told) => (
          <div className={settings.stack}>
            <TryIt id={token.id} spec={told} />
            <SpecCards spec={told} />
          </div>
        )}
      </DataState>
      {isLive && (
        <>
          <Card title="Token settings">
            <ItemForm fields={tokenFields} saved={{ ...token }} onSave={save} />
          </Card>
          <EndToken token={token} />
        </>
      )}
    </div>
  );
}
