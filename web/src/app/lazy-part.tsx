import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { ErrorBar } from '../ui/feedback/error-bar.tsx';
import { onFirstInput } from './first-input.ts';
import { holdKeys } from './held-keys.ts';
import { loadPart } from './load-part.ts';

const AGAIN_MS = 4_000;

interface Options {
  /** Shown while the component loads. */
  waiting?: ReactNode;
  /**
   * True if the component covers the page, as a menu, dialog or drawer does. An error is then shown over the page too,
   * and keys pressed during loading are passed to the component.
   */
  floats?: boolean;
  /** Loads the component as soon as the person moves the pointer or presses a key, so that it opens without delay. */
  soon?: boolean;
}

/**
 * A component that is loaded when it is first shown. If loading fails, an error is shown in its place, the rest of the
 * page keeps working, and loading is retried until it succeeds.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { waiting = null, floats = false, soon = false }: Options = {},
): ((props: Props) => ReactNode) & { preload: () => Promise<void> } {
  let Loaded: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;
  const start = (asked = false) => {
    loading ??= loadPart(load, asked).then(
      (part) => {
        Loaded = part;
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  if (soon) onFirstInput(() => void start().catch(() => {}));
  function Part(props: Props) {
    const [state, setState] = useState<'waiting' | 'failed' | 'ready'>(Loaded ? 'ready' : 'waiting');
    const attempt = (asked?: boolean) =>
      start(asked).then(
        () => setState('ready'),
        () => setState('failed'),
      );
    // biome-ignore lint/correctness/useExhaustiveDependencies: once when it is shown, and then while it fails
    useEffect(() => {
      if (state === 'waiting') void attempt();
      if (state !== 'failed') return;
      const timer = setInterval(() => void attempt(), AGAIN_MS);
      return () => clearInterval(timer);
    }, [state]);
    useEffect(() => {
      if (!floats || Loaded || state !== 'waiting') return;
      const release = holdKeys();
      return () => release(Loaded !== undefined);
    }, [state]);
    if (Loaded) return <Loaded {...props} />;
    return state === 'failed' ? <Failed floats={floats} onRetry={() => void attempt(true)} /> : waiting;
  }
  return Object.assign(Part, { preload: () => start().catch(() => {}) });
}

const overPage = { position: 'fixed', insetBlockEnd: 16, insetInlineEnd: 16, zIndex: 350 } as const;

function Failed({ floats, onRetry }: { floats: boolean; onRetry: () => void }) {
  return (
    <div style={floats ? overPage : { padding: 16 }}>
      <ErrorBar
        problem={{ message: 'Trying again every few seconds.' }}
        what="Could not load this part of the app."
        onRetry={onRetry}
      />
    </div>
  );
}
