import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { ImportResult } from '../../engine/api';
import { useAction } from '../action';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { FilePicker } from '../parts/FilePicker';
import * as moreIcons from '../parts/moreIcons';
import { useAppState } from '../state';
import { Problem } from './Problem';

interface BringFileProps {
  /** Of the heading that says what it does. */
  labelledBy?: string;
  /** Whether its button is as wide as what is over it. */
  wide?: boolean;
  /** What is said over it. */
  children?: ComponentChildren;
  /** Is told what was brought; nothing while it is being brought. */
  onBrought?: (result: ImportResult | undefined) => void;
}

/** Asks for an account file and its passphrase, and brings what is in it. */
export function BringFile({ labelledBy, wide = false, children, onBrought }: BringFileProps) {
  const { chat } = useAppState();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const { busy, error, run, refuse } = useAction();
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    if (file === undefined) {
      refuse('Choose your account file.');
    } else if (passphrase === '') {
      refuse('Enter the passphrase of the account file.');
      field.current?.focus();
    } else {
      void run(async () => {
        onBrought?.(undefined);
        const result = await chat.importAccountFile(file, passphrase);
        setPassphrase('');
        onBrought?.(result);
      });
    }
  };
  return (
    <form class="form" noValidate onSubmit={submit} aria-labelledby={labelledBy}>
      {children}
      <FilePicker label="Account file" file={file} onPick={setFile} />
      <Field
        ref={field}
        label="Its passphrase"
        type="password"
        autoComplete="off"
        value={passphrase}
        onInput={setPassphrase}
      />
      <Problem error={error} />
      <div class={wide ? undefined : 'card-actions'}>
        <Button kind="primary" type="submit" icon={moreIcons.upload} wide={wide} busy={busy}>
          Bring it here
        </Button>
      </div>
    </form>
  );
}
