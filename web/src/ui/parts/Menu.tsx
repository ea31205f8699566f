import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './Icon';
import * as icons from './icons';
import type { MenuPlace } from './menuPlace';
import { menuStep } from './menuStep';
import './menu.css';

export interface MenuItem {
  label: string;
  icon?: string;
  danger?: boolean;
  /** What it says is so now: a mark stands beside it. */
  checked?: boolean;
  onSelect: () => void;
}

export interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  at: MenuPlace;
  onClose: () => void;
}

/** Between a menu and the edge of the window, in pixels. */
const GAP = 8;

/** Arrow keys, Home, End, first letters; Esc and Tab close it and give the focus back. */
export function Menu({ label, items, at, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const shown = menu.current;
    const before = document.activeElement;
    if (shown === null) {
      return;
    }
    shown.showPopover();
    place(shown, at);
    shown.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    const outside = (event: Event) => {
      if (!(event.target instanceof Node && shown.contains(event.target))) {
        onClose();
      }
    };
    document.addEventListener('pointerdown', outside, true);
    window.addEventListener('resize', onClose);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      window.removeEventListener('resize', onClose);
      if (shown.contains(document.activeElement) && before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
      return;
    }
    const entries = [...(menu.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const here = entries.findIndex((it) => it.matches(':focus'));
    const next = menuStep(
      event.key,
      here,
      items.map((it) => it.label),
    );
    if (next !== undefined) {
      event.preventDefault();
      entries[next]?.focus();
    }
  };
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      tabIndex={-1}
      popover="manual"
      aria-label={label}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          class={item.danger ? 'menu-item menu-danger' : 'menu-item'}
          {...(item.checked === undefined
            ? { role: 'menuitem' }
            : { role: 'menuitemcheckbox', 'aria-checked': item.checked })}
          tabIndex={-1}
          onClick={() => {
            onClose();
            item.onSelect();
          }}
        >
          {item.icon !== undefined && <Icon path={item.icon} />}
          <span>{item.label}</span>
          {item.checked && <Icon path={icons.check} size={1} />}
        </button>
      ))}
    </div>
  );
}

function place(menu: HTMLElement, at: MenuPlace): void {
  const { width, height } = menu.getBoundingClientRect();
  const atEnd = getComputedStyle(menu).direction === 'rtl' ? at.left : at.right - width;
  const left = at.left === at.right ? at.left : atEnd;
  const below = at.bottom + height + GAP <= window.innerHeight;
  const top = below ? at.bottom : at.top - height;
  const within = (value: number, most: number) => Math.max(GAP, Math.min(value, most - GAP));
  menu.style.left = `${within(left, window.innerWidth - width)}px`;
  menu.style.top = `${within(top, window.innerHeight - height)}px`;
}
