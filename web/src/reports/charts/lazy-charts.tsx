import { lazyPart } from '../../app/lazy-part.tsx';
import classes from '../reports.module.css';

const options = { waiting: <div className={classes.skeleton} /> };

/** The charts, loaded when the first of them is shown: their library is large. */
export const StackedBars = lazyPart(async () => (await import('./charts.tsx')).StackedBars, options);
export const Lines = lazyPart(async () => (await import('./charts.tsx')).Lines, options);
