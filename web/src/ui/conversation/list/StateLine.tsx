import type { Message } from '../../../engine/api';
import { Icon } from '../../parts/Icon';
import * as icons from '../../parts/icons';
import { times } from '../../times';
import { stateWord } from '../words';
import { shownTime } from './rows';

const ICONS: Partial<Record<Message['state'], string>> = {
  sending: icons.clock,
  failed: icons.alert,
  sent: icons.check,
  delivered: icons.checks,
  read: icons.checks,
};

/** The time of a message, and how far one of one's own is. */
export function StateLine({ message, mine }: { message: Message; mine: boolean }) {
  const icon = mine ? ICONS[message.state] : undefined;
  return (
    <span class="conv-state" title={allTimes(message, mine)}>
      <time dateTime={new Date(clamp(shownTime(message))).toISOString()}>
        {times.clock(shownTime(message))}
      </time>
      {icon !== undefined && (
        <span class={`conv-tick conv-tick-${message.state}`}>
          <Icon path={icon} size={0.9375} />
          <span class="unseen">{stateWord(message.state)}</span>
        </span>
      )}
    </span>
  );
}

/** All that is known of when, one a line. */
export function allTimes(message: Message, mine: boolean): string {
  const { created, arrived } = message;
  const { sent, delivered, read } = message.times;
  const lines: [string, number | undefined][] = mine
    ? [
        ['Written', created],
        ['Sent', sent],
        ['Delivered', delivered],
        ['Read', read],
      ]
    : [
        ['Written', created],
        ['Came', arrived],
      ];
  return lines
    .flatMap(([word, time]) => (time === undefined ? [] : [`${word} ${times.full(time)}`]))
    .join('\n');
}

/** A sender may say any time; what a date can't hold is no time. */
function clamp(time: number): number {
  return Math.abs(time) <= 8.64e15 ? time : 0;
}
