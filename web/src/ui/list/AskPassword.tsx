import { useState } from 'preact/hooks';
import { useAction } from '../action';
import { Problem } from '../entry/Problem';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Field } from '../parts/Field';
import { useAppState } from '../state';

/** The session has ended, what is stored is open: only the password is missing. */
export function AskPassword({ email, onClose }: { email: string; onClose: () => void }) {
  const { chat } = useAppState();
  const [password, setPassword] = useState('');
  const { busy, error, run, refuse } = useAction();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (password === '') {
      refuse('Enter your password.');
    } else if (await run(() => chat.login(email, password))) {
      onClose();
    }
  };
  return (
    <Dialog
      title="Enter your password"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="ask-password" busy={busy}>
            Go on
          </Button>
        </>
      }
    >
      <form id="ask-password" class="form" noValidate onSubmit={submit}>
        <p>
          Your session as <bdi>{email}</bdi> has ended. Nothing stored here is lost.
        </p>
        <Field
          label="Password"
          type="password"
          autoComplete="current-password"
          autoFocus
          value={password}
          onInput={setPassword}
        />
        <Problem error={error} />
      </form>
    </Dialog>
  );
}
