import { useEffect } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { useDialects } from '../../app/dialects.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ItemForm } from '../form/item-form.tsx';
import { useRenewTokens } from './get-tokens.ts';
import { loadNewToken } from './secret-host.tsx';
import { useTokenFields } from './token-fields.ts';

interface Props {
  dialect: string;
  onMade: (made: Shape<'CreatedToken'>) => void;
  onClose: () => void;
}

/** The form for a new token. */
export function CreateToken({ dialect, onMade, onClose }: Props) {
  const dialects = useDialects();
  const tokenFields = useTokenFields();
  const renew = useRenewTokens();
  useEffect(() => void loadNewToken(), []);
  const make = async (values: Record<string, unknown>) => {
    const made = await body(
      api.POST('/v1/tokens', { body: { dialect, ...values } as { dialect: string; name: string } }),
    );
    await renew();
    onMade(made);
  };
  return (
    <Dialog onClose={onClose} title="New token" size={620}>
      <ItemForm
        fields={[
          {
            key: 'dialect',
            label: 'API',
            kind: 'choice',
            options: dialects.map(({ name, title }) => ({ value: name, label: title })),
          },
          ...tokenFields,
        ]}
        saved={{ dialect, may_extend: dialects.find(({ name }) => name === dialect)?.creates_fields ?? false }}
        action="Create token"
        onSave={make}
        onClose={onClose}
      />
    </Dialog>
  );
}
