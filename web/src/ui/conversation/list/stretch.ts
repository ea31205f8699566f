import type { Message, MessageFile, MessagePage } from '../../../engine/api';

/**
 * The messages of a conversation that are loaded: without a gap, in the order of their places.
 * What is further away is loaded when it comes near, and let go when there are too many.
 */
export type Stretch = MessagePage;

export const EMPTY: Stretch = { messages: [], hasEarlier: false, hasLater: false };

export function withEarlier(stretch: Stretch, page: MessagePage): Stretch {
  return {
    ...stretch,
    messages: merged(stretch.messages, page.messages),
    hasEarlier: page.hasEarlier,
  };
}

export function withLater(stretch: Stretch, page: MessagePage): Stretch {
  return {
    ...stretch,
    messages: merged(stretch.messages, page.messages),
    hasLater: page.hasLater,
  };
}

/** At most so many of the earliest. */
export function withoutLatest(stretch: Stretch, most: number): Stretch {
  return stretch.messages.length <= most
    ? stretch
    : { ...stretch, messages: stretch.messages.slice(0, most), hasLater: true };
}

/** At most so many of the latest. */
export function withoutEarliest(stretch: Stretch, most: number): Stretch {
  return stretch.messages.length <= most
    ? stretch
    : { ...stretch, messages: stretch.messages.slice(-most), hasEarlier: true };
}

/** What was told of messages: those outside of the stretch, beyond what isn't loaded, stay out. */
export function withTold(stretch: Stretch, told: readonly Message[]): Stretch {
  const known = new Set(stretch.messages.map((message) => message.id));
  const first = stretch.messages[0]?.place ?? Number.NEGATIVE_INFINITY;
  const last = stretch.messages.at(-1)?.place ?? Number.POSITIVE_INFINITY;
  const inside = told.filter(
    (message) =>
      known.has(message.id) ||
      ((message.place > first || !stretch.hasEarlier) &&
        (message.place < last || !stretch.hasLater)),
  );
  return inside.length === 0 ? stretch : { ...stretch, messages: merged(stretch.messages, inside) };
}

export function withReissued(stretch: Stretch, oldId: string, message: Message): Stretch {
  return withTold(withoutIds(stretch, [oldId]), [message]);
}

export function withoutIds(stretch: Stretch, ids: readonly string[]): Stretch {
  const gone = new Set(ids);
  const messages = stretch.messages.filter((message) => !gone.has(message.id));
  return messages.length === stretch.messages.length ? stretch : { ...stretch, messages };
}

/** The file as it is now; its thumbnail isn't told again. */
export function withFile(stretch: Stretch, messageId: string, moved: MessageFile): Stretch {
  return {
    ...stretch,
    messages: stretch.messages.map((message) =>
      message.id !== messageId
        ? message
        : {
            ...message,
            files: message.files.map((file) =>
              file.number === moved.number
                ? {
                    ...moved,
                    ...(!moved.thumbnail && file.thumbnail && { thumbnail: file.thumbnail }),
                  }
                : file,
            ),
          },
    ),
  };
}

/** Both in order, each message once: as the second has it. */
function merged(some: readonly Message[], others: readonly Message[]): Message[] {
  const byId = new Map(some.map((message) => [message.id, message]));
  for (const message of others) byId.set(message.id, message);
  return [...byId.values()].sort((one, other) => one.place - other.place);
}
