import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import classes from './script-preview.module.css';

/** A message to leads as a made-up lead would get it. */
export function MessagePreview({ text }: { text: string }) {
  const [settled] = useDebouncedValue(text, 400);
  const preview = useQuery({
    queryKey: ['settings', 'message-preview', settled],
    queryFn: () => body(api.POST('/v1/lead-messages/preview', { body: { subject: '', text: settled } })),
    enabled: settled.trim() !== '',
    retry: false,
  });
  if (settled.trim() === '') return null;
  return (
    <section className={classes.preview} aria-label="Email preview">
      {preview.error ? (
        <p role="alert">{asProblem(preview.error).message}</p>
      ) : (
        <p className={classes.words}>{preview.data?.text}</p>
      )}
    </section>
  );
}
