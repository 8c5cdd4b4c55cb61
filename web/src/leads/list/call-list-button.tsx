import { ActionIcon, Button } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMay } from '../../app/session.ts';
import { useShortcuts } from '../../app/shortcuts.ts';

interface Props {
  /** The filters and order of the list, as a query string, and the view they came from. */
  address: { text: string; viewId: string | undefined };
  isPhone: boolean;
}

/** Opens the call screen, which works through the leads of the list, in the list's order. */
export function CallListButton({ address: { text, viewId }, isPhone }: Props) {
  const navigate = useNavigate();
  const mayCall = useMay('make calls');
  const call = () => {
    const since = new Date().toISOString();
    void navigate({ to: '/calls', search: { leads: text, ...(viewId && { view: viewId }), since } });
  };
  useShortcuts({ 'shift+c': { label: 'Call these leads', run: call } }, mayCall);
  if (!mayCall) return null;
  if (isPhone)
    return (
      <ActionIcon size={36} variant="default" aria-label="Call these leads" onClick={call}>
        <IconPhone size={18} aria-hidden />
      </ActionIcon>
    );
  return (
    <Button leftSection={<IconPhone size={14} aria-hidden />} title="Call these leads in this order" onClick={call}>
      Call these
    </Button>
  );
}
