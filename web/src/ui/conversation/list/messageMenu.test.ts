import { describe, expect, it } from 'vitest';
import { file, message } from '../testing';
import { messageMenu } from './messageMenu';

const nothing = () => {};
const actions = {
  copy: nothing,
  retry: nothing,
  showSecurity: nothing,
  saveFiles: nothing,
  askDelete: nothing,
};
const labels = (...args: Parameters<typeof message>) => ({
  mine: messageMenu(message(...args), true, actions).map((item) => item.label),
  theirs: messageMenu(message(...args), false, actions).map((item) => item.label),
});

describe('the menu of a message', () => {
  it('offers what goes with it', () => {
    expect(labels(1).theirs).toEqual(['Copy text', 'Security', 'Delete here']);
    expect(labels(1, { text: '', files: [file(1)] }).theirs).toEqual([
      'Save file',
      'Security',
      'Delete here',
    ]);
    expect(labels(1, { files: [file(1, { state: 'gone' })] }).theirs).not.toContain('Save file');
  });

  it('offers another try for one’s own that failed and can be read', () => {
    expect(labels(1, { state: 'failed' }).mine[0]).toBe('Try again');
    expect(labels(1, { state: 'failed' }).theirs).not.toContain('Try again');
    expect(labels(1, { state: 'failed', text: '', details: { damaged: true } }).mine).toEqual([
      'Security',
      'Delete here',
    ]);
  });
});
