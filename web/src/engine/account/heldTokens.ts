import type { TokenStore, Tokens } from '../../protocol/session';

/** Tokens of a session that isn't anybody's store's yet. */
export class HeldTokens implements TokenStore {
  #tokens: Tokens | undefined;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  async tokens(): Promise<Tokens | undefined> {
    return this.#tokens;
  }

  async keep(tokens: Tokens): Promise<void> {
    this.#tokens = tokens;
  }

  async forget(): Promise<void> {
    this.#tokens = undefined;
  }
}
