import { useEffect, useRef } from 'preact/hooks';
import type { MenuPlace } from '../parts/menuPlace';

/** As long as systems wait themselves, in milliseconds. */
const LONG = 500;
/** A finger that moved so far scrolls, in pixels. */
const STILL = 10;

/**
 * A finger held on something opens its menu where the browser has no event for that of its own
 * (iOS); where it has one, that comes first and ends the wait.
 */
export function useLongPress(open: (at: MenuPlace) => void) {
  const press = useRef<{ timer: number; x: number; y: number }>(undefined);
  const opened = useRef(false);
  const end = () => {
    window.clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  useEffect(() => end, []);
  return {
    end,
    onPointerDown: (event: PointerEvent) => {
      end();
      opened.current = false;
      if (event.pointerType === 'touch') {
        const { clientX: x, clientY: y } = event;
        const timer = window.setTimeout(() => {
          opened.current = true;
          open({ left: x, right: x, top: y, bottom: y });
        }, LONG);
        press.current = { timer, x, y };
      }
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const began = press.current;
      if (began !== undefined && Math.hypot(clientX - began.x, clientY - began.y) > STILL) {
        end();
      }
    },
    onPointerUp: end,
    onPointerCancel: end,
    /** The finger that opened the menu doesn't also follow the link when it is lifted. */
    onClick: (event: MouseEvent) => {
      if (opened.current) {
        opened.current = false;
        event.preventDefault();
      }
    },
  };
}
