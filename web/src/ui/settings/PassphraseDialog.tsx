import { useState } from 'preact/hooks';
import { useAction } from '../action';
import { Problem } from '../entry/Problem';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Field } from '../parts/Field';
import { PasswordStrength } from '../parts/PasswordStrength';
import { toast } from '../parts/Toast';
import { useAppState } from '../state';

export type PassphraseTask = 'set' | 'change' | 'remove';

const SAID = {
  set: { title: 'Set a passphrase', button: 'Set it', done: 'The passphrase is set.' },
  change: {
    title: 'Change the passphrase',
    button: 'Change it',
    done: 'The passphrase is changed.',
  },
  remove: {
    title: 'Take the passphrase off',
    button: 'Take it off',
    done: 'There is no passphrase any more.',
  },
};

export function PassphraseDialog({ task, onClose }: { task: PassphraseTask; onClose: () => void }) {
  const { chat } = useAppState();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const { busy, error, run, refuse } = useAction();
  const said = SAID[task];
  const submit = async (event: Event) => {
    event.preventDefault();
    const fault = passphraseFault(task, current, next, again);
    if (fault !== undefined) {
      refuse(fault);
      return;
    }
    const done = await run(() =>
      chat.changePassphrase(
        task === 'set' ? undefined : current,
        task === 'remove' ? undefined : next,
      ),
    );
    if (done) {
      toast({ text: said.done });
      onClose();
    }
  };
  return (
    <Dialog
      title={said.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="passphrase" busy={busy}>
            {said.button}
          </Button>
        </>
      }
    >
      <form id="passphrase" class="form" noValidate onSubmit={submit}>
        {task !== 'set' && (
          <Field
            label="Passphrase now"
            type="password"
            autoComplete="current-password"
            autoFocus
            value={current}
            onInput={setCurrent}
          />
        )}
        {task !== 'remove' && (
          <>
            <Field
              label="New passphrase"
              type="password"
              autoComplete="new-password"
              autoFocus={task === 'set'}
              hint={<PasswordStrength password={next} />}
              value={next}
              onInput={setNext}
            />
            <Field
              label="New passphrase again"
              type="password"
              autoComplete="new-password"
              value={again}
              onInput={setAgain}
            />
            <p class="entry-note">
              Write it down somewhere safe. Nobody can bring it back: without it, what is stored
              here is lost.
            </p>
          </>
        )}
        <Problem error={error} />
      </form>
    </Dialog>
  );
}

/** What is wrong with what was typed, before anything is done. */
export function passphraseFault(
  task: PassphraseTask,
  current: string,
  next: string,
  again: string,
): string | undefined {
  if (task !== 'set' && current === '') {
    return 'Enter the passphrase that you have now.';
  }
  if (task !== 'remove' && next === '') {
    return 'Enter a new passphrase.';
  }
  if (task !== 'remove' && next !== again) {
    return 'The two new passphrases differ. Enter the same twice.';
  }
  return undefined;
}
