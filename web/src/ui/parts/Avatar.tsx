import { hue, initials } from '../initials';
import './avatar.css';

export interface AvatarProps {
  /** Gives the colour. */
  id: string;
  /** Gives the letters. */
  name: string;
  /** In rem. */
  size?: number;
  online?: boolean;
}

/** A generated picture of a person; an ornament, for the name stands beside it. */
export function Avatar({ id, name, size = 2.75, online = false }: AvatarProps) {
  return (
    <span
      class="avatar"
      aria-hidden="true"
      style={{
        '--hue': String(hue(id)),
        inlineSize: `${size}rem`,
        blockSize: `${size}rem`,
        fontSize: `${size * 0.38}rem`,
      }}
    >
      <span class="avatar-letters">{initials(name)}</span>
      {online && <span class="avatar-online" />}
    </span>
  );
}
