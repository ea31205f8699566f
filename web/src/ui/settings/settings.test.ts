import { describe, expect, it } from 'vitest';
import { importSaid, savedSaid } from './importSaid';
import { passphraseFault } from './PassphraseDialog';

describe('what an import has done', () => {
  it('is said with what was not taken', () => {
    const refused = [{ number: 1, line: 12, messageId: 'm', reason: 'no time' }];
    expect(importSaid({ added: 1, here: 2, unverified: 3, refused })).toBe(
      '1 message added. 2 messages were here already. 3 messages can’t be proven to be from who they say. 1 message refused:',
    );
  });

  it('leaves out what there is nothing of', () => {
    expect(importSaid({ added: 0, here: 0, unverified: 0, refused: [] })).toBe('0 messages added.');
  });

  it('of an account file that is saved says what is not in it', () => {
    expect(savedSaid(0)).not.toMatch(/not in it/);
    expect(savedSaid(1)).toMatch(/One entry can’t be read any more, and is not in it/);
    expect(savedSaid(3)).toMatch(/3 entries can’t be read any more, and are not in it/);
  });
});

describe('a passphrase', () => {
  it('is asked for where there is one', () => {
    expect(passphraseFault('change', '', 'a', 'a')).toContain('that you have now');
    expect(passphraseFault('remove', '', '', '')).toContain('that you have now');
  });

  it('has to be typed twice alike', () => {
    expect(passphraseFault('set', '', 'a', 'b')).toContain('differ');
    expect(passphraseFault('set', '', '', '')).toContain('new passphrase');
    expect(passphraseFault('set', '', 'a b', 'a b')).toBeUndefined();
  });

  it('goes away without a new one', () => {
    expect(passphraseFault('remove', 'old', '', '')).toBeUndefined();
  });
});
