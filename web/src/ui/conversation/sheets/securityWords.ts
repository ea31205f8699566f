import type { MessageSecurity } from '../../../engine/api';

export interface Line {
  label: string;
  value: string;
  /** What it means, where the value doesn't say it. */
  note?: string;
}

const PREKEYS: Record<MessageSecurity['prekey'], [string, string]> = {
  one_time: ['One-time key', 'Used for this message alone, and deleted as soon as it is opened.'],
  last_resort: [
    'Last-resort key',
    'No one-time key was to be had. This one serves several messages, until it is replaced.',
  ],
  signed: [
    'Signed key',
    'No one-time key was to be had. This one serves several messages, until it is replaced.',
  ],
  none: ['None', ''],
};

/** What the security sheet says of a message, in the order in which it is read. */
export function securityLines(
  security: MessageSecurity,
  mine: boolean,
  date: (time: number) => string,
): Line[] {
  if (security.suite === 'none') {
    return [
      {
        label: 'Encryption',
        value: 'Not known',
        note: 'It was brought by a file: how it travelled isn’t known here.',
      },
    ];
  }
  const [prekey, prekeyNote] = PREKEYS[security.prekey];
  return [
    {
      label: 'Encryption',
      value: security.suite === 'v2' ? 'Post-quantum and classical (v2)' : 'Classical only (v1)',
      note:
        security.suite === 'v2'
          ? 'ML-KEM-768 together with P-256: both would have to be broken.'
          : 'P-256. Who records it now could open it with a quantum computer.',
    },
    { label: 'Mode', value: security.mode },
    {
      label: mine ? 'Their key' : 'Your key',
      value: prekey,
      ...(prekeyNote && { note: prekeyNote }),
    },
    ...(security.oneTimeKeysOnOffer !== undefined && security.prekey !== 'one_time'
      ? [
          {
            label: 'One-time keys',
            value: `At least ${security.oneTimeKeysOnOffer} were on offer`,
            note: 'The sender had taken too many, or the server withholds them.',
          },
        ]
      : []),
    ...security.signatures.map(({ algorithm, keyId, timestamp }) => ({
      label: `Signed by ${algorithm}`,
      value: date(timestamp),
      note: `Key ${keyId}`,
    })),
    ...(security.sealedAgain > 0
      ? [{ label: 'Encrypted again', value: times(security.sealedAgain) }]
      : []),
  ];
}

/**
 * What the theft of keys would expose, and until when.
 *
 * @param arrived whether the message is known to have got to its recipient's program
 */
export function theftWords(
  security: MessageSecurity,
  mine: boolean,
  arrived: boolean,
  date: (time: number) => string,
  now: number,
): string {
  if (security.suite === 'none') return 'How it was protected on its way isn’t known here.';
  const whose = mine ? 'the recipient’s' : 'your';
  const until = security.exposedUntil;
  if (until === undefined && !arrived) {
    return 'Who recorded this message could open it with the recipient’s keys until it is delivered. Then its key is deleted.';
  }
  if (until === undefined) {
    return `Who recorded this message and later steals ${whose} keys can’t open it: its key was deleted.`;
  }
  return until <= now
    ? `Until ${date(until)} a thief of ${whose} keys could have opened a recording of this message. That time is over: the key was deleted.`
    : `Who recorded this message and steals ${whose} keys before ${date(until)} can open it. Then the key is deleted.`;
}

/** Who says that it is from whom it seems, and that it got there. */
export function proofWords(security: MessageSecurity, mine: boolean): string[] {
  return [
    ...(mine && !security.proven
      ? ['That it arrived is the server’s word; their program hasn’t proved it.']
      : []),
    security.verifiedIdentity
      ? 'You have compared safety numbers: it is their identity.'
      : 'You haven’t compared safety numbers: that it is their identity is the server’s word.',
  ];
}

function times(count: number): string {
  return count === 1 ? 'Once' : `${count} times`;
}
