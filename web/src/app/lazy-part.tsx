import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { ErrorBar } from '../ui/feedback/error-bar.tsx';
import { atFirstSign } from './first-sign.ts';
import { holdKeys } from './held-keys.ts';
import { loadPart } from './load-part.ts';

const AGAIN_MS = 4_000;

interface Options {
  /** Shown while it loads. */
  waiting?: ReactNode;
  /**
   * It covers the page, as a menu, dialog or drawer does. A failure is then shown over the page too, and keys pressed
   * while it loads go into it.
   */
  floats?: boolean;
  /** Loaded at the first sign of a person, so that it is there by the time it is opened. */
  soon?: boolean;
}

/**
 * A component that is loaded when it is first shown. If it cannot be loaded, that is said in its own place, everything
 * around it goes on working, and it is tried again until it succeeds.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { waiting = null, floats = false, soon = false }: Options = {},
): ((props: Props) => ReactNode) & { preload: () => Promise<void> } {
  let Loaded: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;
  const start = () => {
    loading ??= loadPart(load).then(
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
  if (soon) atFirstSign(() => void start().catch(() => {}));
  function Part(props: Props) {
    const [state, setState] = useState<'waiting' | 'failed' | 'ready'>(Loaded ? 'ready' : 'waiting');
    const attempt = () =>
      start().then(
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
    return state === 'failed' ? <Failed floats={floats} onRetry={() => void attempt()} /> : waiting;
  }
  return Object.assign(Part, { preload: () => start().catch(() => {}) });
}

const overPage = { position: 'fixed', insetBlockEnd: 16, insetInlineEnd: 16, zIndex: 350 } as const;

function Failed({ floats, onRetry }: { floats: boolean; onRetry: () => void }) {
  return (
    <div style={floats ? overPage : { padding: 16 }}>
      <ErrorBar
        problem={{ message: 'It is tried again every few seconds.' }}
        what="This part of the app could not be loaded."
        onRetry={onRetry}
      />
    </div>
  );
}
