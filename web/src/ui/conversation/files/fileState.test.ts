import { expect, it } from 'vitest';
import type { MessageFile } from '../../../engine/api';
import { isMoving, stateWords } from './fileState';

function file(state: MessageFile['state']): MessageFile {
  return {
    number: 1,
    name: 'a.txt',
    type: 'text/plain',
    size: 2000,
    state,
    done: 500,
    total: 2100,
  };
}

it('is on its way with its message', () => {
  expect(isMoving({ state: 'sending' }, file('waiting'))).toBe(true);
  expect(isMoving({ state: 'sending' }, file('uploading'))).toBe(true);
  expect(stateWords({ state: 'sending' }, file('uploading'))).toMatch(/ of .* sent$/);
});

it('is not when its message is not sent any more, as where a person has stopped it', () => {
  for (const state of ['waiting', 'uploading'] as const) {
    expect(isMoving({ state: 'failed' }, file(state))).toBe(false);
    expect(stateWords({ state: 'failed' }, file(state))).toMatch(/, not sent$/);
  }
});

it('is on its way here whatever has become of the message', () => {
  expect(isMoving({ state: 'delivered' }, file('fetching'))).toBe(true);
  expect(isMoving({ state: 'delivered' }, file('here'))).toBe(false);
});
