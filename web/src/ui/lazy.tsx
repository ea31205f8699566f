import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from './parts/Button';
import { Dialog } from './parts/Dialog';
import { EmptyState } from './parts/EmptyState';
import * as icons from './parts/icons';
import { Spinner } from './parts/Spinner';

type Loaded<P> = { part: ComponentType<P> } | 'loading' | 'failed';

const FAILED = 'This part could not be loaded';
const WHY = 'You may be offline, or there is a newer release. Nothing is lost.';

/** Loads when it is shown first, and again where it is asked to; what is loaded is kept. */
export function loader<P>(load: () => Promise<ComponentType<P>>) {
  let kept: ComponentType<P> | undefined;
  return function useLoaded(): { loaded: Loaded<P>; retry: () => void } {
    const [tries, setTries] = useState(0);
    const [outcome, setOutcome] = useState<'loading' | 'failed' | 'loaded'>('loading');
    useEffect(() => {
      if (kept !== undefined) {
        return;
      }
      let shown = true;
      const end = (next: typeof outcome) => shown && setOutcome(next);
      setOutcome('loading');
      load().then(
        (part) => {
          kept = part;
          end('loaded');
        },
        () => end('failed'),
      );
      return () => {
        shown = false;
      };
    }, [tries]);
    const loaded: Loaded<P> =
      kept !== undefined ? { part: kept } : outcome === 'failed' ? 'failed' : 'loading';
    return { loaded, retry: () => setTries(tries + 1) };
  };
}

/** A screen that is loaded when it is shown. What can't be loaded says so, and is tried again. */
export function lazy<P extends object>(
  load: () => Promise<ComponentType<P>>,
): (props: P) => JSX.Element {
  const useLoaded = loader(load);
  return function Lazy(props: P) {
    const { loaded, retry } = useLoaded();
    if (loaded === 'failed') {
      return (
        <EmptyState icon={icons.alert} title={FAILED}>
          <p>{WHY}</p>
          <Button icon={icons.retry} onClick={retry}>
            Try again
          </Button>
        </EmptyState>
      );
    }
    if (loaded === 'loading') {
      return (
        <div class="loading">
          <Spinner label="Loading" />
        </div>
      );
    }
    const Part = loaded.part;
    return <Part {...props} />;
  };
}

/** The same for a dialog: it takes no room while it is loaded, and can be closed where it isn't. */
export function lazyDialog<P extends { onClose: () => void }>(
  load: () => Promise<ComponentType<P>>,
): (props: P) => JSX.Element | null {
  const useLoaded = loader(load);
  return function LazyDialog(props: P) {
    const { loaded, retry } = useLoaded();
    if (loaded === 'failed') {
      return (
        <Dialog
          title={FAILED}
          onClose={props.onClose}
          actions={
            <Button icon={icons.retry} onClick={retry}>
              Try again
            </Button>
          }
        >
          <p>{WHY}</p>
        </Dialog>
      );
    }
    if (loaded === 'loading') {
      return null;
    }
    const Part = loaded.part;
    return <Part {...props} />;
  };
}
