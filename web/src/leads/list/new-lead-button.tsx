import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../app/session.ts';
import { Kbd } from '../../ui/kbd.tsx';
import classes from './lead-list-page.module.css';

/** The button for a new lead; floating on phones. */
export function NewLeadButton({ isPhone }: { isPhone: boolean }) {
  if (!useMay('work leads')) return null;
  const asNew = (search: object) => ({ ...search, new: 1 });
  if (isPhone)
    return (
      <Link to="/leads" search={asNew} className={classes.round} aria-label="New lead">
        <IconPlus size={24} aria-hidden />
      </Link>
    );
  return (
    <Button
      component={Link}
      to="/leads"
      search={asNew as never}
      variant="filled"
      leftSection={<IconPlus size={16} aria-hidden />}
      rightSection={<Kbd keys="c" />}
    >
      New lead
    </Button>
  );
}
