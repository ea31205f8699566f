import { Capabilities, Envelope, Suite } from '../src/crypto';
import { Account, NOW } from '../src/crypto/checks/account';
import { useMlDsa } from '../src/crypto/mlDsa';
import { nobleMlDsa } from '../src/crypto/mlDsaNoble';
import { useMlKem } from '../src/crypto/mlKem';
import { nobleMlKem } from '../src/crypto/mlKemNoble';

const IDS = ['7fe4771c-008a-42eb-b63d-f47d19e2c6aa', '7fe4771c-008a-42eb-b63d-f47d19e2c6ab'];
const COUNT = 100;
const TEXT = new TextEncoder().encode('Meet me at the old mill at noon.');

interface Row {
  sealed: string;
  opened: string;
  'of AES-GCM alone': string;
}

/** Rows by what is measured: messages a second, each under a one-time prekey. */
async function bench(): Promise<Record<string, Row>> {
  const alone = await aesGcmAlone();
  const rows: Record<string, Row> = {};
  for (const whose of ['native', 'noble'] as const) {
    use(whose);
    for (const suites of whose === 'native' ? [[Suite.V1], Suite.values] : [Suite.values]) {
      const { sealed, opened } = await messages(suites);
      rows[`${suites.at(-1)?.version} ${whose}`] = {
        sealed: `${Math.round(sealed)}/s`,
        opened: `${Math.round(opened)}/s`,
        'of AES-GCM alone': `${((100 * opened) / alone).toFixed(1)} %`,
      };
    }
  }
  rows['AES-GCM alone'] = {
    sealed: `${Math.round(alone)}/s`,
    opened: '',
    'of AES-GCM alone': '',
  };
  return rows;
}

type Whose = 'native' | 'noble';

/** Has post-quantum functions be the browser's, or noble's. */
function use(whose: Whose): void {
  useMlKem(whose === 'noble' ? nobleMlKem : undefined);
  useMlDsa(whose === 'noble' ? nobleMlDsa : undefined);
}

/** How many v2 messages are opened in a second, and nothing else done. */
async function opened(whose: Whose): Promise<number> {
  use(whose);
  return (await messages(Suite.values)).opened;
}

async function messages(suites: readonly Suite[]): Promise<{ sealed: number; opened: number }> {
  const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));
  const can = Capabilities.of(...suites);
  const [annId = '', benId = ''] = IDS;
  const ann = await Account.create(annId, can, random);
  const ben = await Account.create(benId, can, random);
  const offers = (await ben.addPrekeys(COUNT, random)).offers();
  const peer = await ann.pin(ben);
  const sender = await ben.pin(ann);
  const envelopes: Envelope[] = [];
  const sealer = ann.sealer(random);
  const sealing = performance.now();
  for (const [i, offered] of offers.entries()) {
    const messageId = annId.replace(/.{4}$/, String(1000 + i));
    const message = { messageId, created: NOW, plaintext: TEXT };
    envelopes.push((await sealer.seal(peer, offered, message)).envelope);
  }
  const wires = envelopes.map((one) => JSON.stringify({ ...one.toMap(), sender_id: annId }));
  const opening = performance.now();
  const opener = ben.opener();
  for (const wire of wires) {
    const opened = await opener.open(Envelope.fromMap(JSON.parse(wire), benId), sender);
    await opened.settle(async (received) => received.content());
  }
  const over = performance.now();
  return {
    sealed: (COUNT * 1000) / (opening - sealing),
    opened: (COUNT * 1000) / (over - opening),
  };
}

/** What the browser alone costs: a key is imported, and 256 bytes are sealed and opened. */
async function aesGcmAlone(): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < COUNT; i++) {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    const uses: KeyUsage[] = ['encrypt', 'decrypt'];
    const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, uses);
    const how = { name: 'AES-GCM', iv: new Uint8Array(12) };
    await crypto.subtle.decrypt(
      how,
      key,
      await crypto.subtle.encrypt(how, key, new Uint8Array(256)),
    );
  }
  return (COUNT * 1000) / (performance.now() - began);
}

declare global {
  var quantchatBench: typeof bench;
  var quantchatOpened: typeof opened;
}

globalThis.quantchatBench = bench;
globalThis.quantchatOpened = opened;
