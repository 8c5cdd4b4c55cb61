import { Card } from '../../ui/card.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Facts } from '../layout/facts.tsx';
import { stateOf, type Token } from './get-tokens.ts';

/** When a token was created, last used and will expire. */
export function TokenLife({ token }: { token: Token }) {
  const { created_by, created_at, last_used_at, last_used_address, expires_at, revoked_at } = token;
  const state = stateOf(token);
  return (
    <Card title="About this token">
      <Facts
        facts={[
          [
            'Created',
            <span key="made">
              <RelativeTime at={created_at} />
              {created_by && `, by ${created_by}`}
            </span>,
          ],
          [
            'Last used',
            last_used_at ? (
              <span key="used">
                <RelativeTime at={last_used_at} />
                {last_used_address && `, from ${last_used_address}`}
              </span>
            ) : (
              'Never'
            ),
          ],
          [
            state === 'live' ? 'Expires' : 'Ended',
            revoked_at || expires_at ? <RelativeTime key="ends" at={revoked_at ?? expires_at} /> : 'When revoked',
          ],
        ]}
      />
    </Card>
  );
}
