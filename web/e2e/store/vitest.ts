import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';
import * as chai from 'chai';

/** What stands for `vitest` in the page: the same expectations, and tests that are kept in a list. */
chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export const expect = chai.expect;

export const tests: { name: string; body: () => Promise<void> }[] = [];

export function describe(_name: string, body: () => void): void {
  body();
}

export function it(name: string, body: () => Promise<void>): void {
  tests.push({ name, body });
}
