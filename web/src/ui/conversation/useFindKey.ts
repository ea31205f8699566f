import { useEffect, useRef } from 'preact/hooks';
import { holdTyping } from '../typedAhead';

/** Calls when the keys are pressed by which a browser finds in a page, unless a dialog is open. */
export function useFindKey(call: () => void): void {
  const latest = useRef(call);
  latest.current = call;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const held = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!held || event.key.toLowerCase() !== 'f') return;
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      holdTyping();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
