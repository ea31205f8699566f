import type { StorageFault } from '../../engine/api';
import { Button } from '../parts/Button';
import * as icons from '../parts/icons';
import { Entry } from './Entry';

const SAID: Record<StorageFault, string> = {
  missing:
    'This browser lets QuantChat store nothing, as some private windows do. Open it in an ordinary window.',
  blocked:
    'Another tab still runs an older release of QuantChat. Close all its other tabs, then load this one anew.',
  newer:
    'What is stored here was written by a newer release of QuantChat. Load the page anew to get that release.',
  damaged:
    'What is stored here can’t be read any more: it was altered, or its key is gone. Nothing was deleted. With an account file, you can go on in another browser profile.',
  unopened:
    'The browser can’t open what is stored here. Nothing was deleted. Load the page anew; if that doesn’t help, close the browser and open it again.',
  full: 'There is no room left to store messages. Make some room on this device, then load the page anew.',
};

/** Without a store nothing can be received: a message is acknowledged when it is stored. */
export function Unusable({ reason }: { reason: StorageFault }) {
  return (
    <Entry title="QuantChat can’t store messages here">
      <p>{SAID[reason]}</p>
      <Button kind="primary" icon={icons.retry} onClick={() => window.location.reload()}>
        Load the page anew
      </Button>
    </Entry>
  );
}
