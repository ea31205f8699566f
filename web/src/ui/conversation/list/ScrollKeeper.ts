import { type Anchor, anchorOf, firstShown, type Laid, positionOf, type Rows } from './anchor';

/** How far below the top of the window a message is put that was jumped to: a part of it. */
const JUMPED = 0.25;

/**
 * Keeps what a person looks at where it is. The browser's own anchoring is off: it knows nothing
 * of the end, and Safari has none.
 */
export class ScrollKeeper {
  readonly #scroller: HTMLElement;
  readonly #list: HTMLElement;
  #anchor: Anchor = { at: 'end' };
  #hasLater = false;

  /** `list` holds the rows, each with its key in `data-key`, and is as far down as it is long. */
  constructor(scroller: HTMLElement, list: HTMLElement) {
    this.#scroller = scroller;
    this.#list = list;
  }

  get isAtEnd(): boolean {
    return this.#anchor.at === 'end';
  }

  get place(): Anchor {
    return this.#anchor;
  }

  /** The person has scrolled: what shows now is what is kept. */
  scrolled(): void {
    this.#anchor = anchorOf(this.#rows(), this.#window(), this.#hasLater);
  }

  /** Rows came or went, or something grew: puts back what was looked at. */
  settle(hasLater: boolean): void {
    this.#hasLater = hasLater;
    const position = positionOf(this.#anchor, this.#rows(), this.#window());
    if (position === undefined) this.scrolled();
    else this.#moveTo(position);
  }

  toEnd(): void {
    this.#anchor = { at: 'end' };
    this.settle(this.#hasLater);
  }

  /** Puts a row where it was once, or where it catches the eye. Whether it is there. */
  show(key: string, below = this.#scroller.clientHeight * JUMPED): boolean {
    if (!this.element(key)) return false;
    this.#anchor = { at: 'row', key, below };
    this.settle(this.#hasLater);
    // Where what follows fits into the window, this is the end, and stays it as more comes in.
    const reached = anchorOf(this.#rows(), this.#window(), this.#hasLater);
    if (reached.at === 'end') this.#anchor = reached;
    return true;
  }

  /** In window heights: how much of the list is above, and how much below. */
  beyond(): { above: number; below: number } {
    const { top, height, total } = this.#window();
    return { above: top / height, below: (total - top - height) / height };
  }

  /** The keys of rows of which enough shows to be read. */
  shown(): string[] {
    const rows = this.#rows();
    const { top, height } = this.#window();
    const keys: string[] = [];
    for (let index = firstShown(rows, top + 8); index < rows.count; index++) {
      const row = rows.row(index);
      if (row.top + Math.min(row.height, height / 2, 24) > top + height) break;
      keys.push(row.key);
    }
    return keys;
  }

  element(key: string): HTMLElement | undefined {
    for (const row of this.#list.children) {
      if (row instanceof HTMLElement && row.dataset.key === key) return row;
    }
    return undefined;
  }

  #moveTo(position: number): void {
    if (Math.abs(this.#scroller.scrollTop - position) >= 1) this.#scroller.scrollTop = position;
  }

  #window() {
    const { scrollTop, clientHeight, scrollHeight } = this.#scroller;
    return { top: scrollTop, height: clientHeight, total: scrollHeight };
  }

  #rows(): Rows {
    const { children } = this.#list;
    const measure = (row: Element | undefined): Laid => {
      if (!(row instanceof HTMLElement)) throw new RangeError('No such row');
      return { key: row.dataset.key ?? '', top: row.offsetTop, height: row.offsetHeight };
    };
    return {
      count: children.length,
      row: (index) => measure(children[index]),
      withKey: (key) => {
        const row = this.element(key);
        return row && measure(row);
      },
    };
  }
}
