import { useEffect, useState } from 'preact/hooks';
import { useAction } from '../action';
import { Problem } from '../entry/Problem';
import { Button } from '../parts/Button';
import { Choice } from '../parts/Choice';
import * as icons from '../parts/icons';
import * as moreIcons from '../parts/moreIcons';
import { toast } from '../parts/Toast';
import { useAppState } from '../state';
import { Card } from './Card';
import { change } from './change';
import { PassphraseDialog, type PassphraseTask } from './PassphraseDialog';

const WAITS = [
  { value: '0', label: 'Never' },
  { value: '5', label: 'After 5 minutes' },
  { value: '15', label: 'After 15 minutes' },
  { value: '60', label: 'After an hour' },
] as const;

export function LockSection() {
  const { chat, settings } = useAppState();
  const [hasPassphrase, setHasPassphrase] = useState<boolean>();
  const [task, setTask] = useState<PassphraseTask>();
  const look = () =>
    void chat.storage().then(
      (report) => setHasPassphrase(report.hasPassphrase),
      () => {
        // Neither offered: it is looked at again when the section is opened.
      },
    );
  useEffect(look, []);
  return (
    <>
      <Card
        title="Passphrase"
        note="What is stored here is encrypted. Without a passphrase, the key for it is kept by this browser: whoever can use your device can open it. With one, they need the passphrase."
      >
        <div class="card-actions">
          {hasPassphrase === false && (
            <Button kind="primary" icon={icons.lock} onClick={() => setTask('set')}>
              Set a passphrase
            </Button>
          )}
          {hasPassphrase === true && (
            <>
              <Button icon={moreIcons.edit} onClick={() => setTask('change')}>
                Change it
              </Button>
              <Button onClick={() => setTask('remove')}>Take it off</Button>
            </>
          )}
        </div>
        {hasPassphrase === true && (
          <>
            <Choice
              label="Lock by itself"
              note="When nobody has used QuantChat for so long."
              value={String(settings.value.lockAfter)}
              options={waits(settings.value.lockAfter)}
              onChange={(minutes) => change(chat, { lockAfter: Number(minutes) })}
            />
            <LockNow />
          </>
        )}
      </Card>
      <RotateKeys />
      {task !== undefined && (
        <PassphraseDialog
          task={task}
          onClose={() => {
            setTask(undefined);
            look();
          }}
        />
      )}
    </>
  );
}

function waits(minutes: number): readonly { value: string; label: string }[] {
  return WAITS.some((it) => it.value === String(minutes))
    ? WAITS
    : [...WAITS, { value: String(minutes), label: `After ${minutes} minutes` }];
}

function LockNow() {
  const { chat } = useAppState();
  const { busy, error, run } = useAction();
  return (
    <>
      <div class="card-actions">
        <Button icon={icons.lock} busy={busy} onClick={() => void run(() => chat.lock())}>
          Lock now
        </Button>
      </div>
      <Problem error={error} />
    </>
  );
}

function RotateKeys() {
  const { chat } = useAppState();
  const { busy, error, run } = useAction();
  const rotate = async () => {
    if (await run(() => chat.rotateKeys())) {
      toast({ text: 'New keys are published.' });
    }
  };
  return (
    <Card
      title="Keys"
      note="The keys that messages are encrypted to are replaced by themselves, all the time. If you fear that somebody has seen them, replace all of them now. Your identity and the numbers that others have verified stay the same."
    >
      <div class="card-actions">
        <Button icon={icons.key} busy={busy} onClick={() => void rotate()}>
          Replace keys now
        </Button>
      </div>
      <Problem error={error} />
    </Card>
  );
}
