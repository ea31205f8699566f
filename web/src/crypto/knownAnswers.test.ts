import { readFileSync } from 'node:fs';
import { beforeAll, describe, it } from 'vitest';
import { Node } from './checks/json';
import { KNOWN_ANSWERS } from './checks/knownAnswers';
import { parseJson } from './json';

const FILE = new URL('../../../crypto/known-answers.json', import.meta.url);

describe('the known answers', () => {
  let answers: Node;

  beforeAll(() => {
    answers = new Node(parseJson(readFileSync(FILE, 'utf8')));
  });

  for (const [section, check] of Object.entries(KNOWN_ANSWERS)) {
    it(`are what comes out: ${section}`, () => check(answers));
  }
});
