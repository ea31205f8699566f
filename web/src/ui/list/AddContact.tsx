import { useState } from 'preact/hooks';
import { useAction } from '../action';
import { emailFault } from '../entry/faults';
import { focusFault } from '../entry/focusFault';
import { Problem } from '../entry/Problem';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Field } from '../parts/Field';
import { useAppState } from '../state';

export function AddContact({ onClose }: { onClose: () => void }) {
  const { chat, router } = useAppState();
  const [email, setEmail] = useState('');
  const [fault, setFault] = useState<string>();
  const { busy, error, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    const found = emailFault(email);
    setFault(found);
    focusFault(event.currentTarget);
    if (found === undefined) {
      void run(async () => {
        const { contactId } = await chat.addContact(email.trim());
        onClose();
        router.go({ name: 'conversation', contactId });
      });
    }
  };
  return (
    <Dialog
      title="Add a contact"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="add-contact" busy={busy}>
            Add
          </Button>
        </>
      }
    >
      <form id="add-contact" class="form" noValidate onSubmit={submit}>
        <Field
          label="Email"
          type="email"
          autoComplete="off"
          autoFocus
          maxLength={254}
          hint="The address of their QuantChat account."
          value={email}
          error={fault}
          onInput={setEmail}
        />
        <Problem error={error} />
      </form>
    </Dialog>
  );
}
