import './spinner.css';

/** Where something is being done. `label` is read out; without one it is an ornament. */
export function Spinner({ label }: { label?: string }) {
  return label === undefined ? (
    <span class="spinner" aria-hidden="true" />
  ) : (
    <span class="spinner" role="img" aria-label={label} />
  );
}

/** How far something is; `value` is 0 to 1, or absent where nobody knows. */
export function Progress({ label, value }: { label: string; value?: number }) {
  return <progress class="progress" aria-label={label} max={1} value={value} />;
}
