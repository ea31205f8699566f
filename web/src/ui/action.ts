import { useRef, useState } from 'preact/hooks';
import { detailOf } from './errors';

export interface Action {
  busy: boolean;
  /** What went wrong with the last one, for a person. */
  error: string | undefined;
  /** Does it, unless one is being done; says whether it was done. */
  run(work: () => Promise<unknown>): Promise<boolean>;
  /** Says what is wrong before anything is done. */
  refuse(error: string | undefined): void;
}

/** What a form or a button does: one at a time, its fault said in its place. */
export function useAction(): Action {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [error, refuse] = useState<string>();
  const run = async (work: () => Promise<unknown>) => {
    if (running.current) {
      return false;
    }
    running.current = true;
    setBusy(true);
    refuse(undefined);
    try {
      await work();
      return true;
    } catch (fault) {
      refuse(detailOf(fault));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { busy, error, run, refuse };
}
