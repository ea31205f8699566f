import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Logo } from '../parts/Logo';
import './entry.css';

/** What stands before the conversations: one column, the name of the program, one thing to do. */
export function Entry({ title, children }: { title: string; children: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} · QuantChat`;
  }, [title]);
  return (
    <div class="entry">
      <header class="entry-brand">
        <Logo />
        <p class="entry-name">QuantChat</p>
      </header>
      <main class="entry-card">
        <h1 class="entry-title">{title}</h1>
        {children}
      </main>
    </div>
  );
}
