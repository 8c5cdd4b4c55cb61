import { Button } from '@mantine/core';
import { stopViewing, useMe } from '../session.ts';
import classes from './view-as.module.css';

/** Says that the owner is using the app as a sample member, with a button to go back. */
export function ViewingBar() {
  const { user } = useMe();
  return (
    <div role="status" className={classes.bar}>
      <span>You are viewing as {user.name}, a sample member.</span>
      <Button onClick={() => void stopViewing()}>Return to your account</Button>
    </div>
  );
}
