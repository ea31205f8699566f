import { useState } from 'preact/hooks';
import { useAction } from '../action';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import * as icons from '../parts/icons';
import { useAppState } from '../state';

/** What is stored here lies under a passphrase. */
export function Locked({ email }: { email: string }) {
  const { chat } = useAppState();
  const [passphrase, setPassphrase] = useState('');
  const { busy, error, run, refuse } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    if (passphrase === '') {
      refuse('Enter your passphrase.');
    } else {
      void run(() => chat.unlock(passphrase));
    }
  };
  return (
    <>
      <p>
        The messages of <bdi>{email}</bdi> on this device are locked.
      </p>
      <form class="form" noValidate onSubmit={submit}>
        <input
          class="unseen"
          type="text"
          autoComplete="username"
          value={email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <Field
          label="Passphrase"
          type="password"
          autoComplete="current-password"
          autoFocus
          value={passphrase}
          error={error}
          onInput={setPassphrase}
        />
        <Button kind="primary" type="submit" icon={icons.lock} wide busy={busy}>
          Unlock
        </Button>
      </form>
      <p class="entry-note">
        Nobody can tell you the passphrase if you have forgotten it: the server never had it.
      </p>
    </>
  );
}
