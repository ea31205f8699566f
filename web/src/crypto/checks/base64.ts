import { Base64Text } from '../base64Text';
import { refusalBy, same } from './expect';

/** RFC 4648 §10, with the canonical spellings of what fills no group. */
const SPELLINGS: Record<string, string> = {
  '': '',
  f: 'Zg==',
  fo: 'Zm8=',
  foo: 'Zm9v',
  foob: 'Zm9vYg==',
  fooba: 'Zm9vYmE=',
  foobar: 'Zm9vYmFy',
};

const REFUSED = [
  ...['Zg', 'Zg=', 'Zg===', 'Zh==', 'Zm9', 'Zm8', 'Zm9=', '=', '====', 'Z', 'Zm9vY'],
  ...[
    'Zm 9v',
    ' Zm9v',
    'Zm9v ',
    'Zm9v\n',
    'Zm\t9v',
    'Zg= =',
    'Zm9vYg==Zm9v',
    'Zm-_',
    'Zmé=',
    'Zm9\0',
  ],
];

/** Base64 as whatever is found here does it. */
export async function checkBase64(): Promise<void> {
  for (const [text, spelling] of Object.entries(SPELLINGS)) {
    const bytes = new TextEncoder().encode(text);
    same(spelling, Base64Text.encode(bytes), spelling);
    same(spelling, Base64Text.decode('x', spelling), bytes);
  }
  for (const size of [1, 2, 3, 255, 8191, 8192, 8193, 70_000]) {
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 8)) & 255);
    const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    same(`${size} bytes`, Base64Text.encode(bytes), btoa(binary));
    same(`${size} bytes`, Base64Text.decode('x', btoa(binary)), bytes);
  }
  for (const spelling of REFUSED) {
    const refusal = await refusalBy(() => Base64Text.decode('x', spelling));
    same(JSON.stringify(spelling), refusal, 'MALFORMED');
  }
}
