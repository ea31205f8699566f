/** Long enough for a reader to have taken it up, and to be gone back to, in milliseconds. */
const KEPT = 30_000;

let region: HTMLElement | undefined;

/** Has a screen reader say this, once, when it is done with what it says. */
export function announce(text: string): void {
  const said = document.createElement('p');
  said.dir = 'auto';
  said.textContent = text;
  liveRegion().append(said);
  setTimeout(() => said.remove(), KEPT);
}

/** Takes back what was said: it names people, and stands there for a while yet. */
export function unsay(): void {
  liveRegion().replaceChildren();
}

/**
 * The one live region. It is there before anything is said, or the first would go unheard; and it
 * is no part of a screen, for it has to go where it can be heard: {@link hearWithin}.
 */
export function liveRegion(): HTMLElement {
  if (region === undefined) {
    region = document.createElement('div');
    region.className = 'unseen';
    region.setAttribute('role', 'status');
    region.dataset.live = '';
    document.body.append(region);
  }
  return region;
}

/**
 * All that is outside of a modal dialog is inert, a live region too: while one is open, the region
 * is within it. Returns what puts it back.
 */
export function hearWithin(dialog: HTMLElement): () => void {
  const before = liveRegion().parentElement ?? document.body;
  dialog.append(liveRegion());
  return () => before.append(liveRegion());
}
