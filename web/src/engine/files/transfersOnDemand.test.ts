import { describe, expect, it } from 'vitest';
import { MemoryDisk, MemoryStore } from '../../store/memory';
import { FILE_TABLES } from './tables';
import { MediaServer } from './testing/mediaServer';
import { ANN, attachment, BEN, Person } from './testing/person';
import { type OnDemandParts, TransfersOnDemand } from './transfersOnDemand';

const MESSAGE = '019c1dcb-797b-7d2e-9c41-5b8f0e6a2d17';

/** Those of a person whose program had died, on their disk. */
function onDemand(of: Person): TransfersOnDemand {
  const { media, objects } = of.parts;
  const parts: OnDemandParts = {
    ...of.parts,
    routes: async () => ({ media, objects }),
    store: new MemoryStore(FILE_TABLES, of.disk),
  };
  return new TransfersOnDemand(parts);
}

describe('files whose code is loaded with the first of them', () => {
  it('are none where there are none', async () => {
    const files = onDemand(new Person(ANN, new MediaServer(), 1, new MemoryDisk()));
    files.start();
    await files.sweep();
    files.wake();

    expect(await files.shown(ANN, MESSAGE)).toEqual([]);
    expect(await files.archived(ANN, MESSAGE)).toEqual([]);
    expect(await files.deletion(ANN, MESSAGE)).toEqual([]);
    expect(await files.deletionOfConversation(BEN)).toEqual([]);
    expect(await files.reissued(ANN, MESSAGE, 'other', true)).toEqual([]);
    expect(await files.added({ senderId: ANN, messageId: MESSAGE, contactId: BEN }, [])).toEqual(
      [],
    );
    files.stop();
  });

  it('go on where the program before has stopped, without being asked', async () => {
    const ann = new Person(ANN, new MediaServer(), 2);
    await ann.send(MESSAGE, [attachment('a.txt', 'x')]);
    const files = onDemand(ann);

    files.start();
    await ann.until(() => ann.ready.length > 0);

    expect((await files.shown(ANN, MESSAGE)).map((file) => file.state)).toEqual(['sent']);
    expect(await (await files.open(ANN, MESSAGE, 1)).text()).toBe('x');
  });

  it('are swept where nothing but a making was left', async () => {
    const ann = new Person(ANN, new MediaServer(), 3);
    await ann.transfers.seal([attachment('a.txt', 'x')]);

    await onDemand(ann).sweep();

    expect(await ann.count('file_makings')).toBe(0);
    expect(await ann.count('file_pieces')).toBe(0);
  });
});
