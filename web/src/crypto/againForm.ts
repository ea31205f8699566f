import type { Bytes } from './bytes';
import { type AgainContent, CONTENT_LIMITS } from './content';
import { FIELD, joined, requireFew } from './contentForm';
import { Numbers } from './numbers';
import { placeToMap, readPlace } from './placeForm';
import { require } from './refused';
import type { WireFields } from './wireFields';

const REASON_FORM = /^[a-z0-9-]{1,32}$/;

/**
 * As it is sealed.
 *
 * @throws {Refused} EXTENDED for too many of something, MISSING where nothing is asked for
 */
export function encodeAgain(content: AgainContent): Bytes {
  requireAsking(content);
  const { reason, ids, numbers, after } = content;
  const header = {
    kind: 'again',
    reason,
    ...(ids.length > 0 && { ids }),
    ...(numbers && { numbers: { epoch: numbers.epoch, spans: numbers.numbers.spans } }),
    ...(after && { after: after.place ? placeToMap(after.place) : {} }),
  };
  return joined(header, new Uint8Array(0));
}

export function readAgain(header: WireFields, text: Uint8Array): AgainContent {
  require(text.length === 0, 'UNEXPECTED', FIELD);
  const reason = header.text('reason');
  require(REASON_FORM.test(reason), 'MALFORMED', `${FIELD}.reason`);
  const content: AgainContent = {
    kind: 'again',
    reason,
    ids: header.has('ids') ? header.ids('ids', CONTENT_LIMITS.ids) : [],
    numbers: header.has('numbers') ? readNumbers(header.object('numbers')) : undefined,
    after: header.has('after') ? readAfter(header.object('after')) : undefined,
  };
  requireAsking(content);
  return content;
}

function readNumbers(fields: WireFields): AgainContent['numbers'] {
  const numbers = Numbers.from(fields.list('spans', CONTENT_LIMITS.spans));
  require(!numbers.isEmpty, 'MISSING', `${FIELD}.spans`);
  return { epoch: fields.id('epoch'), numbers };
}

function readAfter(fields: WireFields): AgainContent['after'] {
  return { place: fields.has('epoch') ? readPlace(fields) : undefined };
}

function requireAsking({ ids, numbers, after }: AgainContent): void {
  requireFew(ids.length, CONTENT_LIMITS.ids);
  requireFew(numbers?.numbers.spans.length ?? 0, CONTENT_LIMITS.spans);
  const asks = ids.length > 0 || numbers !== undefined || after !== undefined;
  require(asks, 'MISSING', FIELD);
}
