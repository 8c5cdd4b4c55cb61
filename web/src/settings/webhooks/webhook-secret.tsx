import { SecretOnce } from '../tokens/secret-once.tsx';
import type { WebhookWithSecret } from './get-webhooks.ts';

interface Props {
  made: WebhookWithSecret;
  note?: string;
  onClose: () => void;
}

/** Shows the new secret of a webhook once. */
export function WebhookSecret({ made: { description, url, secret }, note = '', onClose }: Props) {
  return (
    <SecretOnce
      what="secret"
      title={`Secret for ${description ?? new URL(url).host}`}
      secret={secret}
      note={`The receiver uses it to verify that requests come from Leadwell. ${note}`}
      onClose={onClose}
    />
  );
}
