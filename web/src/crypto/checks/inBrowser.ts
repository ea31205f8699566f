import { parseJson } from '../json';
import { mlDsa, useMlDsa } from '../mlDsa';
import { nativeMlDsa } from '../mlDsaNative';
import { nobleMlDsa } from '../mlDsaNoble';
import { mlKem, useMlKem } from '../mlKem';
import { nativeMlKem } from '../mlKemNative';
import { nobleMlKem } from '../mlKemNoble';
import { multiplyPointsWith } from '../p256';
import { checkBase64 } from './base64';
import { Node } from './json';
import { KNOWN_ANSWERS } from './knownAnswers';
import { checkWycheproof } from './wycheproof';

/** What a test calls in the page. */
export const checks = {
  /** Whose post-quantum cryptography was found. */
  async found(): Promise<string[]> {
    return [
      (await mlKem()) === nativeMlKem ? "the browser's ML-KEM" : "noble's ML-KEM",
      (await mlDsa()) === nativeMlDsa ? "the browser's ML-DSA" : "noble's ML-DSA",
    ];
  },

  /** From now on noble does all that it can. */
  takeNoble(): void {
    useMlKem(nobleMlKem);
    useMlDsa(nobleMlDsa);
    multiplyPointsWith('noble');
  },

  /** From now on what is found at first. */
  takeFound(): void {
    useMlKem(undefined);
    useMlDsa(undefined);
    multiplyPointsWith('browser');
  },

  async knownAnswers(section: string, text: string): Promise<void> {
    const check = KNOWN_ANSWERS[section];
    if (check === undefined) {
      throw new RangeError(`There is no section ${section}`);
    }
    await check(new Node(parseJson(text)));
  },

  base64: checkBase64,

  wycheproof(name: string, text: string): Promise<number> {
    return checkWycheproof(name, new Node(parseJson(text)));
  },
};

declare global {
  var quantchatChecks: typeof checks;
}

globalThis.quantchatChecks = checks;
