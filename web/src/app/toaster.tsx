import '@mantine/core/styles/Notification.css';
import '@mantine/notifications/styles.css';
import { Notifications, notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { showToastsOn } from '../ui/feedback/toast.tsx';

/** Shows the toasts on the screen. */
export function Toaster() {
  useEffect(() => showToastsOn(notifications), []);
  return <Notifications position="bottom-center" limit={3} zIndex={400} containerWidth={420} />;
}
