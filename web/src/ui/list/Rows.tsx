import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Conversation } from '../../engine/api';
import { later } from '../later';
import type { MenuPlace } from '../parts/menuPlace';
import { Row } from './Row';
import type { RowMenuProps } from './RowMenu';
import { scrollToShow, visibleSpan } from './window';

const RowMenu = later<RowMenuProps>(() => import('./RowMenu').then((it) => it.RowMenu));

export interface RowsProps {
  lines: readonly Conversation[];
  /** The conversation that is open. */
  open: string | undefined;
  label: string;
}

/**
 * The rows, of which only those near what is seen are in the document. One of them takes Tab; the
 * arrow keys go on from there, the key for the context menu opens its menu.
 */
export function Rows({ lines, open, label }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [view, setView] = useState({ top: 0, height: window.innerHeight, row: 0 });
  const isSeen = useRef(false);
  const [tabbedId, setTabbedId] = useState<string>();
  const [menu, setMenu] = useState<{ line: Conversation; at: MenuPlace }>();
  const focusing = useRef<number>(undefined);

  /** Not before the first rows are seen: to be measured they would have to be laid out once more. */
  const measure = () => {
    const box = scroller.current;
    const all = list.current;
    if (isSeen.current && box !== null && all !== null && lines.length > 0) {
      const row = all.offsetHeight / lines.length;
      const next = { top: box.scrollTop, height: box.clientHeight, row };
      setView((last) =>
        last.top === next.top && last.height === next.height && last.row === next.row ? last : next,
      );
    }
  };
  useLayoutEffect(measure);
  useEffect(() => {
    // How soon the list can be used after a start is measured by this.
    performance.mark('quantchat:list');
    isSeen.current = true;
    measure();
  }, []);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(measure);
    if (scroller.current !== null) {
      watch.observe(scroller.current);
    }
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (focusing.current !== undefined) {
      rowAt(focusing.current)?.focus();
      focusing.current = undefined;
    }
  });

  // A row that moves in the document loses the focus, to nobody: a menu that opens has taken it.
  const hadFocus = list.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (hadFocus && document.activeElement === document.body) {
      rowAt(tabbed)?.focus({ preventScroll: true });
    }
  });

  const rowAt = (at: number) => list.current?.querySelector<HTMLElement>(`[data-at="${at}"]`);
  const at = lines.findIndex((it) => it.contactId === (tabbedId ?? open));
  const tabbed = Math.max(0, at);
  const goTo = (next: number) => {
    const line = lines[next];
    const box = scroller.current;
    if (line !== undefined && box !== null) {
      setTabbedId(line.contactId);
      box.scrollTop = scrollToShow(next, view.row, box.scrollTop, box.clientHeight);
      focusing.current = next;
      measure();
      rowAt(next)?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(view.height / view.row) - 1);
    const steps: Record<string, number> = {
      ArrowDown: tabbed + 1,
      ArrowUp: tabbed - 1,
      PageDown: tabbed + page,
      PageUp: tabbed - page,
      Home: 0,
      End: lines.length - 1,
    };
    const next = steps[event.key];
    if (next !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      goTo(Math.max(0, Math.min(lines.length - 1, next)));
    }
  };

  const { from, to } = visibleSpan(lines.length, view.row, view.top, view.height);
  const drawn = lines.slice(from, to).map((line, index) => ({ line, at: from + index }));
  const kept = lines[tabbed];
  if (kept !== undefined && (tabbed < from || tabbed >= to)) {
    // The one that has the focus stays, or the focus would be lost by scrolling.
    drawn.push({ line: kept, at: tabbed });
  }
  return (
    <div class="rows" ref={scroller} onScroll={measure}>
      <ul
        ref={list}
        class="rows-list"
        style={{ '--count': String(lines.length) }}
        aria-label={label}
        onKeyDown={onKeyDown}
        onFocusIn={(event) => {
          const focused = (event.target as Element).closest('li')?.querySelector('[data-at]');
          const line = lines[Number(focused?.getAttribute('data-at'))];
          if (line !== undefined) {
            setTabbedId(line.contactId);
          }
        }}
      >
        {drawn.map((it) => (
          <Row
            key={it.line.contactId}
            line={it.line}
            place={it.at + 1}
            count={lines.length}
            open={it.line.contactId === open}
            tabbed={it.at === tabbed}
            onMenu={(line, place) => setMenu({ line, at: place })}
          />
        ))}
      </ul>
      {menu !== undefined && (
        <RowMenu line={menu.line} at={menu.at} onClose={() => setMenu(undefined)} />
      )}
    </div>
  );
}
