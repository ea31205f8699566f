import { describe, expect, it } from 'vitest';
import { strengthOf } from './strength';

const level = (password: string, known: string[] = []) => strengthOf(password, known).level;

describe('the strength of a password', () => {
  it('is none below eight characters, counted as people count them', () => {
    expect(level('')).toBe(0);
    expect(level('aB3$xY9')).toBe(0);
    expect(level('😀😀😀😀')).toBe(0);
  });

  it.each(['password', 'Password1', '12345678', 'aaaaaaaaaaaa', 'qwertyuiop', 'abcdefghijkl'])(
    'of %s is weak',
    (password) => {
      expect(level(password)).toBe(1);
    },
  );

  it('counts what others know as little', () => {
    expect(level('lindqvist1987')).toBeGreaterThan(1);
    expect(level('lindqvist1987', ['Mara Lindqvist', 'mara@example.org'])).toBe(1);
  });

  it('grows with unrelated words', () => {
    expect(level('correct horse battery')).toBe(4);
    expect(level('violet anchor')).toBeGreaterThanOrEqual(2);
    expect(level('k7#Vw9!qLz')).toBeGreaterThanOrEqual(2);
    expect(level('k7#Vw9!qLz0pX&')).toBeGreaterThanOrEqual(3);
  });

  it('is not doubled by saying it twice', () => {
    expect(level('tulip9tulip9')).toBeLessThanOrEqual(1);
  });

  it('of a very long one takes no time', () => {
    expect(level('x1!'.repeat(300))).toBeGreaterThan(0);
  });
});
