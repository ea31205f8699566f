import type { ButtonHTMLAttributes, ComponentChildren, RefObject } from 'preact';
import { Icon } from './Icon';
import { Spinner } from './Spinner';
import './button.css';

export interface ButtonProps extends Omit<ButtonHTMLAttributes, 'icon' | 'ref'> {
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: string;
  /** It is being done: pressing again does nothing, and the focus stays. */
  busy?: boolean;
  wide?: boolean;
  children: ComponentChildren;
  ref?: RefObject<HTMLButtonElement | null>;
}

export function Button({
  kind = 'plain',
  icon,
  busy = false,
  wide = false,
  children,
  type = 'button',
  onClick,
  class: extra,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      class={`button button-${kind}${wide ? ' button-wide' : ''}${extra ? ` ${extra}` : ''}`}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <Spinner /> : icon !== undefined && <Icon path={icon} />}
      <span>{children}</span>
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes, 'icon' | 'label' | 'ref'> {
  icon: string;
  /** Its name: read out, and shown while the pointer rests on it. */
  label: string;
  turns?: boolean;
  ref?: RefObject<HTMLButtonElement | null>;
}

export function IconButton({
  icon,
  label,
  turns = false,
  type = 'button',
  class: extra,
  ...rest
}: IconButtonProps) {
  return (
    <button
      title={label}
      {...rest}
      type={type}
      class={`icon-button${extra ? ` ${extra}` : ''}`}
      aria-label={label}
    >
      <Icon path={icon} turns={turns} />
    </button>
  );
}
