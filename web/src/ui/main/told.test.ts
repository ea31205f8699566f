import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { Toasted } from '../parts/Toast';
import type { Router } from '../router';
import { restoredSaid, sayRefused } from './told';

const router: Router = { route: signal({ name: 'list' }), go: () => {} };

describe('a message that is refused', () => {
  it('is said when it is, and neither at a start nor when another account is shown', () => {
    const quarantined = signal<number | undefined>(undefined);
    const said: Toasted[] = [];
    const end = sayRefused({ quarantined, router }, (told) => said.push(told));

    quarantined.value = 2;
    quarantined.value = undefined;
    quarantined.value = 5;
    quarantined.value = 4;
    expect(said).toEqual([]);

    quarantined.value = 5;
    expect(said).toHaveLength(1);
    end();
  });
});

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
