import { argon2id } from 'hash-wasm';
import type { Argon2Cost } from './vault';

/** 32 bytes of a passphrase (RFC 9106, version 1.3). A module of its own: WebAssembly, fetched when needed. */
export function derive(
  passphrase: Uint8Array,
  salt: Uint8Array,
  cost: Argon2Cost,
): Promise<Uint8Array> {
  return argon2id({
    password: passphrase,
    salt,
    memorySize: cost.memoryKib,
    iterations: cost.iterations,
    parallelism: cost.lanes,
    hashLength: 32,
    outputType: 'binary',
  });
}
