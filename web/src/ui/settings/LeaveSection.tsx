import { useState } from 'preact/hooks';
import type { Account } from '../../engine/api';
import { useAction } from '../action';
import { Problem } from '../entry/Problem';
import { Button } from '../parts/Button';
import { Switch } from '../parts/Choice';
import { Dialog } from '../parts/Dialog';
import { Field } from '../parts/Field';
import * as moreIcons from '../parts/moreIcons';
import { useAppState } from '../state';
import { Card } from './Card';

export function LeaveSection({ account }: { account: Account }) {
  const [asking, setAsking] = useState<'sign_out' | 'delete'>();
  return (
    <>
      <Card
        title="Sign out"
        note="You choose whether what is stored on this device stays here, encrypted, or is deleted."
      >
        <div class="card-actions">
          <Button icon={moreIcons.leave} onClick={() => setAsking('sign_out')}>
            Sign out…
          </Button>
        </div>
      </Card>
      <Card
        title="Delete your account"
        note="The server forgets you: names, address, contacts, and messages that wait. Nobody can write to you any more. Messages that others have received stay with them."
      >
        <div class="card-actions">
          <Button kind="danger" icon={moreIcons.trash} onClick={() => setAsking('delete')}>
            Delete account…
          </Button>
        </div>
      </Card>
      {asking === 'sign_out' && <SignOut onClose={() => setAsking(undefined)} />}
      {asking === 'delete' && (
        <DeleteAccount account={account} onClose={() => setAsking(undefined)} />
      )}
    </>
  );
}

function SignOut({ onClose }: { onClose: () => void }) {
  const { chat, router } = useAppState();
  const [deleteStored, setDeleteStored] = useState(false);
  const { busy, error, run } = useAction();
  const leave = () =>
    void run(async () => {
      await chat.logout({ deleteStored });
      router.go({ name: 'list' }, { replace: true });
    });
  return (
    <Dialog
      title="Sign out?"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind={deleteStored ? 'danger' : 'primary'} busy={busy} onClick={leave}>
            {deleteStored ? 'Sign out and delete' : 'Sign out'}
          </Button>
        </>
      }
    >
      <Switch
        label="Delete what is stored here"
        note={
          deleteStored
            ? 'Messages, keys and your identity on this device are gone for ever. Without an account file you begin anew next time, and your contacts are told that your identity has changed.'
            : 'Messages and keys stay on this device, encrypted, for when you sign in again.'
        }
        checked={deleteStored}
        onChange={setDeleteStored}
      />
      <Problem error={error} />
    </Dialog>
  );
}

/** What has to be typed, so that nobody does it by a wrong press. */
const CONFIRMATION = 'delete';

function DeleteAccount({ account, onClose }: { account: Account; onClose: () => void }) {
  const { chat, router } = useAppState();
  const [password, setPassword] = useState('');
  const [typed, setTyped] = useState('');
  const { busy, error, run, refuse } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    if (password === '') {
      refuse('Enter your password.');
    } else if (typed.trim().toLowerCase() !== CONFIRMATION) {
      refuse(`Type “${CONFIRMATION}” to confirm.`);
    } else {
      void run(async () => {
        await chat.deleteAccount(password);
        router.go({ name: 'list' }, { replace: true });
      });
    }
  };
  return (
    <Dialog
      title="Delete your account?"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" type="submit" form="delete-account" busy={busy}>
            Delete for ever
          </Button>
        </>
      }
    >
      <form id="delete-account" class="form" noValidate onSubmit={submit}>
        <p>
          The account of <bdi>{account.email || account.username}</bdi> is deleted, and what is
          stored on this device with it. This can’t be undone.
        </p>
        <Field
          label="Password"
          type="password"
          autoComplete="current-password"
          autoFocus
          value={password}
          onInput={setPassword}
        />
        <Field
          label={`Type “${CONFIRMATION}” to confirm`}
          autoComplete="off"
          value={typed}
          onInput={setTyped}
        />
        <Problem error={error} />
      </form>
    </Dialog>
  );
}
