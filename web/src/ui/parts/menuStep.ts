/** Which entry a key goes to from the one at `here` (-1: none); `undefined` for another key. */
export function menuStep(key: string, here: number, labels: readonly string[]): number | undefined {
  const count = labels.length;
  switch (key) {
    case 'ArrowDown':
      return (here + 1) % count;
    case 'ArrowUp':
      return (here <= 0 ? count : here) - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return key.length === 1 && key !== ' ' ? byLetter(key, here, labels) : undefined;
  }
}

function byLetter(key: string, here: number, labels: readonly string[]): number | undefined {
  for (let step = 1; step <= labels.length; step++) {
    const at = (here + step) % labels.length;
    if (labels[at]?.toLowerCase().startsWith(key.toLowerCase())) {
      return at;
    }
  }
  return undefined;
}
