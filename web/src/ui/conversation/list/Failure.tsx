import type { Message } from '../../../engine/api';
import { Icon } from '../../parts/Icon';
import * as icons from '../../parts/icons';
import { reasonWords } from '../reasonWords';

export interface FailureProps {
  message: Message;
  retry: (message: Message) => void;
}

/** Why a message of one's own didn't go out, and what can be done about it. */
export function Failure({ message, retry }: FailureProps) {
  return (
    <div class="conv-failure">
      <Icon path={icons.alert} size={1} />
      <span dir="auto">
        Not sent. {message.details.failure !== undefined && reasonWords(message.details.failure)}
      </span>
      {!message.details.damaged && (
        <button type="button" class="conv-retry" onClick={() => retry(message)}>
          Try again
        </button>
      )}
    </div>
  );
}
