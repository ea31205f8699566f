import type { Message, MessageFile } from '../../../engine/api';
import { sizeSaid } from '../../sizes';

type Of = Pick<Message, 'state'>;

/** On its way, and can be called off. Of a message that isn't sent any more, nothing is. */
export function isMoving(message: Of, file: MessageFile): boolean {
  return file.state === 'fetching' || (isToGo(file) && message.state !== 'failed');
}

export function stateWords(message: Of, file: MessageFile): string {
  const size = sizeSaid(file.size);
  if (isToGo(file) && message.state === 'failed') {
    return `${size}, not sent`;
  }
  switch (file.state) {
    case 'waiting':
      return `${size}, waits to be sent`;
    case 'uploading':
      return `${sizeSaid(file.done)} of ${sizeSaid(file.total)} sent`;
    case 'fetching':
      return `${sizeSaid(file.done)} of ${sizeSaid(file.total)} fetched`;
    case 'on_server':
      return `${size}, not fetched yet`;
    case 'gone':
      return file.fault ?? 'No longer on the server';
    default:
      return size;
  }
}

function isToGo({ state }: MessageFile): boolean {
  return state === 'waiting' || state === 'uploading';
}
