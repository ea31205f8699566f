import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { rewritten } from './rewriting';

/**
 * The other end of a test of the Java client's: brings the account file that it names first into a
 * store, and writes what is in the store then into the second.
 */
const [from = '', to = '', passphrase = ''] = process.argv.slice(2);
const random = (size: number) => new Uint8Array(randomBytes(size));
const written = await rewritten(new Blob([readFileSync(from)]), passphrase, random);
writeFileSync(to, new Uint8Array(await written.arrayBuffer()));
