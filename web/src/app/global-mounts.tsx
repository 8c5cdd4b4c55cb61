import type { ComponentType } from 'react';

const parts: ComponentType[] = [];

/** Puts something on every page of the shell: what can be opened from anywhere. An area says so beside its routes. */
export function showEverywhere(part: ComponentType): void {
  parts.push(part);
}

/** What areas put on every page. */
export function Everywhere() {
  return parts.map((Part) => <Part key={Part.displayName ?? Part.name} />);
}
