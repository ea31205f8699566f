import './logo.css';

/** The mark of the program: a Q that is a speech bubble. An ornament; the name stands beside it. */
export function Logo({ size = 3 }: { size?: number }) {
  return (
    <svg
      class="logo"
      style={{ inlineSize: `${size}rem`, blockSize: `${size}rem` }}
      viewBox="0 0 64 64"
      aria-hidden="true"
    >
      <rect class="logo-ground" width="64" height="64" rx="18" />
      <path
        class="logo-bubble"
        d="M32 13c10.5 0 19 7.8 19 17.5a16.5 16.5 0 0 1-4.4 11.1l3.9 6.9a1.5 1.5 0 0 1-1.8 2.1l-9.1-3.3A20.7 20.7 0 0 1 32 48.5c-10.5 0-19-8.1-19-18S21.5 13 32 13Z"
      />
      <circle class="logo-line" cx="32" cy="30.5" r="7.5" />
      <path class="logo-line" d="m36.5 35.5 5 5" />
    </svg>
  );
}
