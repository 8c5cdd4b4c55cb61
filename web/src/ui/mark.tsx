import classes from './mark.module.css';

/** Leadwell's logo, with or without its name. */
export function Mark({ wordless = false }: { wordless?: boolean }) {
  return (
    <span className={classes.mark}>
      <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden={!wordless} role="img" aria-label="Leadwell">
        <rect width="24" height="24" rx="6" fill="#4f46e5" />
        <path
          d="M8 6v9.5A1.500 1.500 0 0 0 9.500 17H16"
          fill="none"
          stroke="#fff"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <circle cx="15.2" cy="8.8" r="2.2" fill="#fff" />
      </svg>
      {!wordless && 'Leadwell'}
    </span>
  );
}
