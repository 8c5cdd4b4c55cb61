import type { AnyRoute } from '@tanstack/react-router';
import { lazyScreen } from './lazy-screen.ts';
import { rootRoute, shellRoute } from './root-routes.tsx';

const screensBelow =
  <Parent extends AnyRoute>(parent: Parent) =>
  <Path extends string, Module>(path: Path, load: () => Promise<Module>, name: keyof Module & string) => ({
    getParentRoute: () => parent,
    path,
    component: lazyScreen(load, name),
  });

/** The options of a route inside the shell: its path, and the file and export of its screen. */
export const shellScreen = screensBelow(shellRoute);

/** The same for a page that needs no sign-in. */
export const openScreen = screensBelow(rootRoute);
