import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface Props {
  title: string;
  text?: ReactNode;
  icon?: ReactNode;
  /** Buttons and links. */
  children?: ReactNode;
}

/** Says why there is nothing to see, and what to do about it. */
export function EmptyState({ title, text, icon, children }: Props) {
  return (
    <section className={classes.empty}>
      {icon && (
        <div className={classes.icon} aria-hidden>
          {icon}
        </div>
      )}
      <h2 className={classes.title}>{title}</h2>
      {text && <p className="note">{text}</p>}
      {children && <div className={classes.actions}>{children}</div>}
    </section>
  );
}
