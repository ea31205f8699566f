import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headless } from '../../e2e/support/chromium';
import { KNOWN_ANSWERS } from './checks/knownAnswers';
import { ModulePage } from './checks/modulePage';
import { readKnownAnswers, readVectors, vectorsFolder } from './checks/vectors';
import { WYCHEPROOF } from './checks/wycheproof';

const folder = vectorsFolder();
const program = chromiumOrNone();

function chromiumOrNone(): string | undefined {
  try {
    return headless();
  } catch (reason) {
    console.log(`The envelope in a browser: skipped. ${reason}`);
    return undefined;
  }
}

/** What the browser says of itself; run there. */
function hasItsOwn(): boolean {
  const { supports }: { supports?: (operation: string, algorithm: string) => boolean } =
    SubtleCrypto as object;
  return supports?.('encapsulateBits', 'ML-KEM-768') === true;
}

describe.skipIf(program === undefined)('in a browser', () => {
  let inPage: ModulePage;

  beforeAll(async () => {
    inPage = await ModulePage.open(join(import.meta.dirname, 'checks/inBrowser.ts'), program ?? '');
  });

  afterAll(() => inPage?.close());

  it('reads and writes base64', () =>
    inPage.page.evaluate(() => globalThis.quantchatChecks.base64()));

  for (const [whose, take] of [
    ['its own cryptography', 'takeFound'],
    ["noble's", 'takeNoble'],
  ] as const) {
    describe(`with ${whose}`, () => {
      beforeAll(() => inPage.page.evaluate((name) => globalThis.quantchatChecks[name](), take));

      it('is the one that is looked at', async () => {
        const found = await inPage.page.evaluate(() => globalThis.quantchatChecks.found());
        const isNative = take === 'takeFound' && (await inPage.page.evaluate(hasItsOwn));

        expect(found).toEqual(
          isNative
            ? ["the browser's ML-KEM", "the browser's ML-DSA"]
            : ["noble's ML-KEM", "noble's ML-DSA"],
        );
      });

      for (const section of Object.keys(KNOWN_ANSWERS)) {
        it(`gives the known answers: ${section}`, async () => {
          await inPage.page.evaluate(
            ([name, text]) => globalThis.quantchatChecks.knownAnswers(name, text),
            [section, readKnownAnswers()] as const,
          );
        });
      }

      for (const name of folder === undefined ? [] : Object.keys(WYCHEPROOF)) {
        it(`gives what Wycheproof expects: ${name}`, async () => {
          const cases = await inPage.page.evaluate(
            ([file, text]) => globalThis.quantchatChecks.wycheproof(file, text),
            [name, readVectors(folder ?? '', name)] as const,
          );

          expect(cases).toBeGreaterThan(0);
        });
      }
    });
  }
});
