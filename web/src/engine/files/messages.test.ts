import { describe, expect, it } from 'vitest';
import type { Attachment, Message } from '../api';
import { seedOfRun } from '../testing/seeded';
import { type Person, World } from '../testing/world';
import { MediaRoutes } from './testing/mediaRoutes';
import { MediaServer } from './testing/mediaServer';

/** Two who have each other as contacts, and a relay that takes files. */
async function friends(): Promise<{ world: World; media: MediaServer; ann: Person; ben: Person }> {
  const world = new World(seedOfRun());
  const media = new MediaServer();
  const routes = new MediaRoutes(media);
  world.relay.media = (url, init) => routes.answer(url, init);
  const [ann, ben] = await world.friends();
  return { world, media, ann, ben };
}

function attachment(name: string, content: string): Attachment {
  return { file: new File([content], name), keepMetadata: false };
}

async function fileStates(of: Person, withWhom: Person): Promise<string[]> {
  const messages = await of.program.messages(withWhom.userId);
  return messages.flatMap((message) => message.files.map((file) => file.state));
}

describe('a message with files', () => {
  it('comes once its files are up, and they are deleted on the server when they are here', async () => {
    const { world, media, ann, ben } = await friends();

    const sent = await ann.program.chat.send(ben.userId, '', [
      attachment('1.txt', 'one'),
      attachment('2.txt', 'two'),
    ]);
    await world.until(async () => (await fileStates(ben, ann)).join() === 'here,here');

    const [received] = await ben.program.messages(ann.userId);
    expect(received).toMatchObject({ id: sent.id, text: '' });
    expect(received?.files.map((file) => file.name)).toEqual(['1.txt', '2.txt']);
    const second = await ben.program.chat.file(ann.userId, sent.id, 2);
    expect(await second.text()).toBe('two');
    expect(await (await ann.program.chat.file(ben.userId, sent.id, 1)).text()).toBe('one');
    await world.until(() => media.stored.size === 0);
    expect(await fileStates(ann, ben)).toEqual(['sent', 'sent']);
    expect(ann.program.told.some(({ event }) => event === 'fileMoved')).toBe(true);
    expect([...ann.program.faults, ...ben.program.faults]).toEqual([]);
  });

  it('is stored, and goes out with the next program, where there is no network', async () => {
    const { world, ann, ben } = await friends();
    ann.program.online = false;
    ann.program.cut();
    const sent = await ann.program.chat.send(ben.userId, 'Look', [attachment('a.txt', 'one')]);
    ann.program.kill();

    ann.program.online = true;
    await ann.program.start();
    await world.until(async () => (await fileStates(ben, ann)).join() === 'here');

    const [received] = await ben.program.messages(ann.userId);
    expect(received?.id).toBe(sent.id);
    expect(await (await ben.program.chat.file(ann.userId, sent.id, 1)).text()).toBe('one');
  });

  it('fails where a file of it is cancelled, and goes out when it is tried again', async () => {
    const { world, ann, ben } = await friends();
    ann.program.online = false;
    ann.program.cut();
    const sent = await ann.program.chat.send(ben.userId, 'Look', [attachment('a.txt', 'one')]);

    await ann.program.chat.cancelFile(ben.userId, sent.id, 1);

    const [failed] = await ann.program.messages(ben.userId);
    expect(failed).toMatchObject({ state: 'failed' });
    expect(failed?.details.failure).toContain('stopped');
    ann.program.online = true;
    await ann.program.chat.wake();
    const again = await ann.program.chat.retry(sent.id);
    await world.until(async () => (await fileStates(ben, ann)).join() === 'here');
    expect(await (await ben.program.chat.file(ann.userId, again.id, 1)).text()).toBe('one');
  });

  it('is refused where a file of it is, and nothing is stored', async () => {
    const { ann, ben } = await friends();

    await expect(
      ann.program.chat.send(ben.userId, 'Look', [
        attachment('a.heic', '\0\0\0\x18ftypheic\0\0\0\0'),
      ]),
    ).rejects.toMatchObject({ name: 'EngineError', code: 'metadata' });

    expect(await ann.program.messages(ben.userId)).toEqual([]);
  });

  it('says in an export what its files are, and that is read in again', async () => {
    const { world, ann, ben } = await friends();
    await ann.program.chat.send(ben.userId, 'Look', [attachment('a.txt', 'abc')]);
    await world.until(async () => (await fileStates(ben, ann)).join() === 'here');

    const exported = await ben.program.chat.exportMarkdown(ann.userId);
    await ben.program.chat.deleteConversation(ann.userId);
    const result = await ben.program.chat.importMarkdown(exported);

    expect(result).toMatchObject({ added: 1, refused: [] });
    const [imported] = await ben.program.messages(ann.userId);
    expect(imported?.details.claimed).toMatchObject({
      files: [
        {
          name: 'a.txt',
          type: 'application/octet-stream',
          size: 3,
          sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        },
      ],
    });
  });

  it('comes once, whichever call of the network’s kills its sender or recipient', async () => {
    for (const who of ['ann', 'ben'] as const) {
      for (let nth = 1; nth <= 5; nth++) {
        const all = await friends();
        const { world, ann, ben } = all;
        const dying = all[who];
        const content = 'a file '.repeat(1000);
        await send(ann, ben, content);
        let calls = 0;
        let isDead = false;
        dying.program.killAtCall = () => {
          isDead ||= ++calls === nth;
          return calls === nth;
        };
        await world.until(
          async () => isDead || (await fileStates(ben, ann).catch(() => [])).join() === 'here',
        );
        dying.program.killAtCall = () => false;
        if (!dying.program.isRunning) {
          await dying.program.start();
        }
        await world.until(async () => (await fileStates(ben, ann)).join() === 'here');

        const messages = await ben.program.messages(ann.userId);
        expect(messages, `${who}, ${nth}`).toHaveLength(1);
        const file = await ben.program.chat.file(ann.userId, messages[0]?.id ?? '', 1);
        expect(await file.text()).toBe(content);
        ann.program.kill();
        ben.program.kill();
      }
    }
  });

  function send(ann: Person, ben: Person, content: string): Promise<Message> {
    return ann.program.chat.send(ben.userId, 'Look', [attachment('a.txt', content)]);
  }
});
