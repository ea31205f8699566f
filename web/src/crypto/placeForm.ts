import type { Replaced, StreamPlace } from './content';
import { require } from './refused';
import type { WireFields } from './wireFields';

/** A place in a stream as it stands in a header. */
export function placeToMap({ epoch, number }: StreamPlace): Record<string, unknown> {
  requireNumber(number);
  return { epoch, number };
}

export function readPlace(fields: WireFields): StreamPlace {
  const place = { epoch: fields.id('epoch'), number: fields.number('number') };
  requireNumber(place.number);
  return place;
}

export function replacedToMap({ messageId: id, place }: Replaced): Record<string, unknown> {
  return { id, ...(place && placeToMap(place)) };
}

export function readReplaced(fields: WireFields): Replaced {
  return {
    messageId: fields.id('id'),
    place: fields.has('epoch') ? readPlace(fields) : undefined,
  };
}

function requireNumber(number: number): void {
  require(Number.isSafeInteger(number) && number >= 1, 'MALFORMED', 'content.number');
}
