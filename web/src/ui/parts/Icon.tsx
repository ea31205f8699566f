import './icon.css';

export interface IconProps {
  /** The data of a path, one of `icons`. */
  path: string;
  /** In rem. */
  size?: number;
  /** Turns with the direction of writing: an arrow. */
  turns?: boolean;
}

/** Never more than an ornament: what it says is said by the label beside it. */
export function Icon({ path, size = 1.25, turns = false }: IconProps) {
  return (
    <svg
      class={turns ? 'icon icon-turns' : 'icon'}
      style={{ inlineSize: `${size}rem`, blockSize: `${size}rem` }}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
