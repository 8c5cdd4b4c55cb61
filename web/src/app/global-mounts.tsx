import type { ComponentType } from 'react';

const parts: ComponentType[] = [];

/**
 * Registers a component that the shell shows on every page, such as a dialog that opens from anywhere. Call it in the
 * file with the area's routes.
 */
export function mountGlobally(part: ComponentType): void {
  parts.push(part);
}

/** The components that areas have registered. */
export function GlobalMounts() {
  return parts.map((Part) => <Part key={Part.displayName ?? Part.name} />);
}
