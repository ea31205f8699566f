import { describe, expect, it } from 'vitest';
import { Person, RELAY } from '../account/testing/relayPerson';

describe.skipIf(RELAY === '')('at a real relay', () => {
  it('people add each other, are there, type, and block', async () => {
    const [ada, grace] = [await Person.registered(), await Person.registered()];
    const atGrace = await grace.connected();
    atGrace.socket.ping();
    await atGrace.comes('other');

    expect(await ada.relay.addContact(grace.email)).toMatchObject({
      id: grace.id,
      email: grace.email,
      blocked: false,
    });
    expect(await atGrace.comes('contact_added')).toMatchObject({ contactId: ada.id });
    await grace.relay.addContact(ada.email);

    const atAda = await ada.connected();
    expect(await atGrace.comes('presence')).toMatchObject({ userId: ada.id, isOnline: true });
    expect((await ada.relay.contacts())[0]).toMatchObject({ id: grace.id, isOnline: true });
    atAda.socket.typing(grace.id, true);
    expect(await atGrace.comes('typing')).toMatchObject({ userId: ada.id, isTyping: true });

    atAda.socket.close();
    expect(await atGrace.comes('presence')).toMatchObject({ userId: ada.id, isOnline: false });
    atGrace.socket.close();

    await ada.relay.block(grace.id, true);
    expect((await ada.relay.contacts())[0]?.blocked).toBe(true);
    await ada.relay.block(grace.id, false);
    await ada.relay.removeContact(grace.id);
    expect(await ada.relay.contacts()).toEqual([]);
    // Who adds by id doesn't learn the address by it.
    expect(await ada.relay.addContactById(grace.id)).toMatchObject({ id: grace.id, email: '' });
    expect((await ada.relay.contacts())[0]).toMatchObject({ id: grace.id, email: '' });
    await expect(ada.relay.addContact('nobody@example.com')).rejects.toMatchObject({ status: 404 });
  });
});
