import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Logo } from '../parts/Logo';
import './entry.css';

/** What stands before the conversations: one column, the name of the program, one thing to do. */
export function Entry({ title, children }: { title: string; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · QuantChat`;
    // What had the focus is gone with the screen before: one goes on from here, and hears where one is.
    if (document.activeElement === document.body) {
      heading.current?.focus();
    }
  }, [title]);
  return (
    <div class="entry">
      <header class="entry-brand">
        <Logo />
        <p class="entry-name">QuantChat</p>
      </header>
      <main class="entry-card">
        <h1 class="entry-title" tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {children}
      </main>
    </div>
  );
}
