import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from './parts/Button';
import { EmptyState } from './parts/EmptyState';
import * as icons from './parts/icons';
import { Spinner } from './parts/Spinner';

/** A part that is loaded when it is shown first. What can't be loaded says so, and is tried again. */
export function lazy<P extends object>(
  load: () => Promise<ComponentType<P>>,
): (props: P) => preact.JSX.Element {
  let loaded: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const [, setLoaded] = useState(loaded !== undefined);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      let shown = true;
      if (loaded === undefined && !failed) {
        load().then(
          (part) => {
            loaded = part;
            if (shown) {
              setLoaded(true);
            }
          },
          () => {
            if (shown) {
              setFailed(true);
            }
          },
        );
      }
      return () => {
        shown = false;
      };
    }, [failed]);
    if (loaded !== undefined) {
      const Part = loaded;
      return <Part {...props} />;
    }
    if (failed) {
      return (
        <EmptyState icon={icons.alert} title="This part could not be loaded">
          <p>You may be offline, or there is a newer release. Nothing is lost.</p>
          <Button icon={icons.retry} onClick={() => setFailed(false)}>
            Try again
          </Button>
        </EmptyState>
      );
    }
    return (
      <div class="loading">
        <Spinner label="Loading" />
      </div>
    );
  };
}
