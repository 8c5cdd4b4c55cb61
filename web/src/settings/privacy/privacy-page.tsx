import type { ReactNode } from 'react';
import { Column } from '../layout/column.tsx';
import { Erasures } from './erasures.tsx';
import { FindPerson } from './find-person.tsx';
import { Retention } from './retention.tsx';

/** How long records are kept, and finding and erasing the data stored about a person. */
export function PrivacyPage(): ReactNode {
  return (
    <Column title="Privacy" intro="Find and erase a person’s records, and choose how long records are kept.">
      <FindPerson />
      <Erasures />
      <Retention />
    </Column>
  );
}
