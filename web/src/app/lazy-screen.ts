import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';

/**
 * A screen that is loaded when it is first shown. Only the names that its file exports are looked at, not their types:
 * screens use the router's types, and the router must not need theirs.
 */
export function lazyScreen<Module>(load: () => Promise<Module>, name: keyof Module & string): RouteComponent {
  return lazyRouteComponent(load as () => Promise<Record<string, RouteComponent>>, name);
}
