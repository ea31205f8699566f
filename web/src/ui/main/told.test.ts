import { describe, expect, it } from 'vitest';
import { restoredSaid } from './told';

describe('what came back from a copy', () => {
  it('is said with who is asked and who cannot be', () => {
    const said = restoredSaid(['Mara'], ['Theo', 'Noor']);
    expect(said).toContain('missing: Mara.');
    expect(said).toContain('lost here: Theo, Noor.');
  });

  it('names nobody where there is nobody', () => {
    expect(restoredSaid([], [])).not.toContain(':');
  });

  it('names five at most', () => {
    const names = Array.from({ length: 9 }, (_, at) => `P${at}`);
    expect(restoredSaid(names, [])).toContain('P0, P1, P2, P3, P4 and 4 more');
  });
});
