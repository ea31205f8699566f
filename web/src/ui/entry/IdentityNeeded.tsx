import { useState } from 'preact/hooks';
import type { Account } from '../../engine/api';
import { useAction } from '../action';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { useAppState } from '../state';
import { BringFile } from './BringFile';
import { Problem } from './Problem';

/** Signed in where the account's identity isn't. Never a new one silently. */
export function IdentityNeeded({ account }: { account: Account }) {
  const { chat } = useAppState();
  const [asking, setAsking] = useState(false);
  const signOut = useAction();
  return (
    <>
      <p>
        You are signed in as <bdi>{account.email}</bdi>, but the keys that prove who you are are
        kept elsewhere. Bring them here, or begin anew.
      </p>
      <BringFile labelledBy="bring" wide>
        <h2 id="bring" class="entry-subtitle">
          Bring your account file
        </h2>
        <p class="entry-note">
          It holds your identity, whom you have verified, and your history. Make one where you use
          QuantChat now, in its settings.
        </p>
      </BringFile>
      <section class="form" aria-labelledby="anew">
        <h2 id="anew" class="entry-subtitle">
          Begin anew
        </h2>
        <p class="entry-note">
          You get a new identity. Your contacts are told that it has changed and should compare it
          with you. Earlier messages stay where they are, and what is on its way to your old
          identity can’t be read here.
        </p>
        <Button onClick={() => setAsking(true)}>Begin anew…</Button>
      </section>
      <nav class="entry-links" aria-label="Other ways in">
        <Button
          kind="quiet"
          busy={signOut.busy}
          onClick={() => void signOut.run(() => chat.logout({ deleteStored: false }))}
        >
          Sign out
        </Button>
      </nav>
      <Problem error={signOut.error} />
      {asking && <ConfirmAnew onClose={() => setAsking(false)} />}
    </>
  );
}

function ConfirmAnew({ onClose }: { onClose: () => void }) {
  const { chat } = useAppState();
  const { busy, error, run } = useAction();
  return (
    <Dialog
      title="Begin with a new identity?"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" busy={busy} onClick={() => void run(() => chat.beginAnew())}>
            Begin anew
          </Button>
        </>
      }
    >
      <p>
        This can’t be undone. Programs that use the old identity stop receiving, and your contacts
        see that you have another one.
      </p>
      <Problem error={error} />
    </Dialog>
  );
}
