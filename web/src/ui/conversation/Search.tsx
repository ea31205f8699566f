import type { SearchProps } from './props';

/** Looks through all that is stored. Loaded when it is asked for. */
export function Search({ onClose }: SearchProps) {
  return (
    <button type="button" onClick={onClose}>
      Close
    </button>
  );
}
