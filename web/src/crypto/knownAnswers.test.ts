import { beforeAll, describe, it } from 'vitest';
import { Node } from './checks/json';
import { KNOWN_ANSWERS } from './checks/knownAnswers';
import { readKnownAnswers } from './checks/vectors';
import { parseJson } from './json';

describe('the known answers', () => {
  let answers: Node;

  beforeAll(() => {
    answers = new Node(parseJson(readKnownAnswers()));
  });

  for (const [section, check] of Object.entries(KNOWN_ANSWERS)) {
    it(`are what comes out: ${section}`, () => check(answers));
  }
});
