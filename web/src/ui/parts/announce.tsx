import { signal } from '@preact/signals';

/** Long enough for a reader to have taken it up, in milliseconds. */
const KEPT = 5_000;

const spoken = signal<readonly { id: number; text: string }[]>([]);
let count = 0;

/** Has a screen reader say this, once, when it is done with what it says. */
export function announce(text: string): void {
  const id = ++count;
  spoken.value = [...spoken.value, { id, text }];
  setTimeout(() => {
    spoken.value = spoken.value.filter((it) => it.id !== id);
  }, KEPT);
}

/** The one live region; App shows it, always. */
export function LiveRegion() {
  return (
    <div class="unseen" role="status" aria-live="polite" aria-atomic="false" data-live>
      {spoken.value.map(({ id, text }) => (
        <p key={id} dir="auto">
          {text}
        </p>
      ))}
    </div>
  );
}
