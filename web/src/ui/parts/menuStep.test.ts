import { describe, expect, it } from 'vitest';
import { menuStep } from './menuStep';

const LABELS = ['Pin', 'Mute', 'Mark as unread', 'Archive'];

describe('the keys of a menu', () => {
  it('go round at both ends', () => {
    expect(menuStep('ArrowDown', 3, LABELS)).toBe(0);
    expect(menuStep('ArrowUp', 0, LABELS)).toBe(3);
    expect(menuStep('ArrowUp', -1, LABELS)).toBe(3);
    expect(menuStep('ArrowDown', -1, LABELS)).toBe(0);
  });

  it('go to the ends', () => {
    expect(menuStep('Home', 2, LABELS)).toBe(0);
    expect(menuStep('End', 0, LABELS)).toBe(3);
  });

  it('go to the next that begins with a letter, and round', () => {
    expect(menuStep('m', 0, LABELS)).toBe(1);
    expect(menuStep('M', 1, LABELS)).toBe(2);
    expect(menuStep('m', 2, LABELS)).toBe(1);
  });

  it('leave other keys alone', () => {
    expect(menuStep('Enter', 0, LABELS)).toBeUndefined();
    expect(menuStep(' ', 0, LABELS)).toBeUndefined();
    expect(menuStep('x', 0, LABELS)).toBeUndefined();
  });
});
