import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A part of a section: what it is about, and what can be done. */
export function Card({
  title,
  note,
  children,
}: {
  title: string;
  note?: ComponentChildren;
  children: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class="card" aria-labelledby={id}>
      <h3 class="card-title" id={id}>
        {title}
      </h3>
      {note && <div class="card-note">{note}</div>}
      {children}
    </section>
  );
}
