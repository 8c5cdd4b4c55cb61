import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';

/**
 * A screen that is loaded when it is first shown. Only the export names of its file are checked, not their types:
 * screens use the router's types, so the router cannot depend on theirs.
 */
export function lazyScreen<Module>(load: () => Promise<Module>, name: keyof Module & string): RouteComponent {
  return lazyRouteComponent(load as () => Promise<Record<string, RouteComponent>>, name);
}
