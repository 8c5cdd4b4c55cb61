import { useEffect, useRef, useSyncExternalStore } from 'react';

/** The action of a key, with the label shown in the shortcut sheet and the palette. */
export interface Shortcut {
  label: string;
  run: () => void;
}

/** Shortcuts by key: `c`, `?`, `Enter`, `shift+x`, `mod+Enter` (Ctrl, or Command on a Mac), `g l` (in sequence). */
export type Shortcuts = Readonly<Record<string, Shortcut>>;

/** The keys 1 to 9 for the first nine items. */
export const numbered = <Item>(items: readonly Item[], shortcut: (item: Item, at: number) => Shortcut): Shortcuts =>
  Object.fromEntries(items.slice(0, 9).map((item, at) => [String(at + 1), shortcut(item, at)]));

interface Entry {
  shortcuts: () => Shortcuts;
}

const OFF = 'leadwell.keys';
const BETWEEN_KEYS = 1200;
const named = new Set(['Enter', 'Escape', ' ', 'Tab', 'Backspace', 'Delete']);

const entries: Entry[] = [];
const watchers = new Set<() => void>();
let version = 0;
let before: { key: string; at: number } | undefined;

/** Registers shortcuts while the component is mounted and `when` is true; for each key, the newest one wins. */
export function useShortcuts(shortcuts: Shortcuts, when = true): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const keys = Object.keys(shortcuts).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: which keys there are decides what is registered
  useEffect(() => {
    if (!when) return;
    const entry: Entry = { shortcuts: () => latest.current };
    entries.push(entry);
    changed();
    return () => {
      entries.splice(entries.indexOf(entry), 1);
      changed();
    };
  }, [keys, when]);
}

/** Every shortcut that works now. */
export function useAllShortcuts(): [key: string, shortcut: Shortcut][] {
  useSyncExternalStore(watch, () => version);
  return Object.entries(meanings());
}

/** Whether single-key shortcuts are on, and a setter; stored in this browser. */
export function useKeysOn(): [on: boolean, set: (on: boolean) => void] {
  const on = useSyncExternalStore(watch, areKeysOn);
  return [on, setKeysOn];
}

function setKeysOn(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, 'off');
  changed();
}

function areKeysOn(): boolean {
  return localStorage.getItem(OFF) !== 'off';
}

function meanings(): Record<string, Shortcut> {
  return Object.assign({}, ...entries.map((entry) => entry.shortcuts()));
}

function changed(): void {
  version += 1;
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return `mod+${key}`;
  return event.shiftKey && (named.has(key) || key !== event.key) ? `shift+${key}` : key;
}

/** Whether letters typed here are text, or belong to an open menu or dialog. */
function isTyping(target: EventTarget | null): boolean {
  if (document.querySelector('[aria-modal="true"]')) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="menu"], [role="listbox"]')) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Enter and Space activate a focused control and are then not shortcuts. */
function pressesControl(event: KeyboardEvent): boolean {
  const isControl = event.target instanceof HTMLElement && event.target.closest('a, button, [role="button"], input');
  return Boolean(isControl) && (event.key === 'Enter' || event.key === ' ');
}

function find(event: KeyboardEvent): Shortcut | undefined {
  const name = nameOf(event);
  const all = meanings();
  if (name.startsWith('mod+')) return all[name];
  if (isTyping(event.target) || pressesControl(event)) return undefined;
  if (event.key !== 'Escape' && !areKeysOn()) return undefined;
  const follows = before && event.timeStamp - before.at < BETWEEN_KEYS ? all[`${before.key} ${name}`] : undefined;
  const begins = Object.keys(all).some((key) => key.startsWith(`${name} `));
  before = begins && !follows ? { key: name, at: event.timeStamp } : undefined;
  return follows ?? all[name];
}

/** Listens to the keyboard for as long as the app runs. */
export function startShortcuts(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const shortcut = find(event);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  });
}
