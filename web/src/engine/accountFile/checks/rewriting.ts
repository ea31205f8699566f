import { systemClock } from '../../../protocol/clock';
import { MemoryDisk, MemoryStore } from '../../../store/memory';
import type { Shared } from '../../parts';
import { ENGINE_TABLES } from '../../tables';
import { Transactions } from '../../transaction';
import { readAccountFile } from '../accountFileReader';
import { writeAccountFile } from '../accountFileWriter';
import { linesOf } from '../lines';

/** For tests alone. */
const CHEAP = { memoryKib: 64, iterations: 1, lanes: 1 };

/** What a browser writes of the account that an account file has brought. */
export async function rewritten(
  file: Blob,
  passphrase: string,
  random: Shared['random'],
): Promise<Blob> {
  const lines = linesOf(file, passphrase);
  const { value: account } = await lines.next();
  await lines.return(undefined);
  if (!account) {
    throw new Error('There is no account in it.');
  }
  const store = new MemoryStore(ENGINE_TABLES, new MemoryDisk());
  const transactions = new Transactions(store, ENGINE_TABLES, {
    complete: async () => undefined,
    tell: async () => undefined,
  });
  const shared: Shared = {
    userId: account.id('user_id'),
    transactions,
    clock: systemClock,
    random,
    step: () => undefined,
    fault: (failure) => {
      throw failure;
    },
  };
  await readAccountFile(file, passphrase, { shared, store, search: { renew: async () => [] } });
  const owner = {
    userId: account.id('user_id'),
    email: account.text('email'),
    username: account.text('username'),
    fullName: account.text('full_name'),
    emailVerified: true,
  };
  return (await writeAccountFile(shared, owner, passphrase, CHEAP)).file;
}
