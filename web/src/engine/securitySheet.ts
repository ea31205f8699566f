import type { MessageSecurity } from './api';
import { isIncoming, type StoredMessage } from './stored/message';
import { DAY } from './surroundings';

/** Prekeys of a bundle are replaced weekly, and their private parts deleted 8 days later. */
const LONGEST_KEPT = 15 * DAY;

/** What is known of how a message was protected. */
export function securityOf(
  message: StoredMessage,
  oneTimeKeysOnOffer: number | undefined,
  verifiedIdentity: boolean,
): MessageSecurity {
  const { details, sealedWith } = message;
  const suite =
    details.crypto_version === 'v1' || details.crypto_version === 'v2'
      ? details.crypto_version
      : 'none';
  const prekey = prekeyOf(message);
  return {
    suite,
    mode: details.mode ?? '',
    prekey,
    signatures: sealedWith?.signatures ?? [],
    ...(prekey === 'last_resort' || prekey === 'signed'
      ? { exposedUntil: message.created + LONGEST_KEPT }
      : {}),
    ...(oneTimeKeysOnOffer === undefined ? {} : { oneTimeKeysOnOffer }),
    sealedAgain: details.sealed_again ?? 0,
    proven: isIncoming(message) ? suite !== 'none' : !details.unproven,
    verifiedIdentity,
  };
}

function prekeyOf({ sealedWith }: StoredMessage): MessageSecurity['prekey'] {
  if (!sealedWith) {
    return 'none';
  }
  if (sealedWith.opk !== undefined) {
    return 'one_time';
  }
  return sealedWith.kemKey === undefined ? 'signed' : 'last_resort';
}
