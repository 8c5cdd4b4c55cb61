import type { RouteComponent } from '@tanstack/react-router';
import { lazyPart } from './lazy-part.tsx';

/**
 * A screen that is loaded when it is first shown. Only the export names of its file are checked, not their types:
 * screens use the router's types, so the router cannot depend on theirs.
 */
export function lazyScreen<Module>(load: () => Promise<Module>, name: keyof Module & string): RouteComponent {
  return lazyPart(async () => ((await load()) as Record<string, RouteComponent>)[name] as RouteComponent);
}
