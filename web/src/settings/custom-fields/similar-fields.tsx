import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import classes from '../layout/settings.module.css';

/** Warns about existing fields that may mean the same. */
export function SimilarFields({ name }: { name: string }) {
  const [settled] = useDebouncedValue(name.trim(), 200);
  const { data = [] } = useQuery({
    queryKey: ['settings', 'custom-fields', 'similar', settled],
    enabled: settled !== '',
    queryFn: async () =>
      (await body(api.GET('/v1/custom-fields/similar', { params: { query: { name: settled } } }))).data,
  });
  if (settled === '' || data.length === 0) return null;
  const words = data.map((one) => (one.custom ? one.name : `${one.name} (a standard field)`)).join(', ');
  return (
    <p role="status" className={classes.warning}>
      Similar to {words}. Use that instead?
    </p>
  );
}
