import type { ComponentChildren } from 'preact';
import { Icon } from './Icon';
import './notes.css';

/** Where there is nothing to show: what is missing, and what to do. */
export function EmptyState({
  icon,
  title,
  children,
}: {
  icon: string;
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon path={icon} size={1.75} />
      </span>
      <p class="empty-title">{title}</p>
      {children && <div class="empty-text">{children}</div>}
    </div>
  );
}

/** A line in its place: something is so that a person should know. */
export function Notice({
  kind = 'note',
  icon,
  children,
  actions,
}: {
  kind?: 'note' | 'caution' | 'danger' | 'good';
  icon?: string;
  children: ComponentChildren;
  actions?: ComponentChildren;
}) {
  return (
    <div class={`notice notice-${kind}`}>
      {icon !== undefined && <Icon path={icon} />}
      <div class="notice-text">{children}</div>
      {actions && <div class="notice-actions">{actions}</div>}
    </div>
  );
}
