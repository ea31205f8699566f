/** Whoever opened a field by a key and sees nothing for so long types for something else. In milliseconds. */
const MOST_MS = 5_000;

let held: { text: string; end: () => void } | undefined;

/**
 * Keeps what is typed from now on for a field that a key has opened, whose program may have to be loaded first: else its
 * first letters would go to what has the focus until then.
 */
export function holdTyping(): void {
  held?.end();
  const listening = new AbortController();
  const timer = setTimeout(end, MOST_MS);
  const kept = { text: '', end };
  held = kept;

  function end() {
    clearTimeout(timer);
    listening.abort();
    if (held === kept) held = undefined;
  }
  const on = { capture: true, signal: listening.signal };
  window.addEventListener('pointerdown', end, on);
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.key === 'Escape' || event.key === 'Tab') return end();
      if (event.key === 'Backspace') kept.text = kept.text.slice(0, -1);
      // Nothing of it is for what is left, least of all the key that sends.
      else if (event.key.length === 1) kept.text += event.key;
      else if (event.key !== 'Enter') return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    on,
  );
}

/** What was typed since; from now on the field itself gets it. */
export function takeTyped(): string {
  const text = held?.text ?? '';
  held?.end();
  return text;
}
