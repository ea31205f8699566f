import { useState } from 'preact/hooks';
import { useAction } from '../action';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { hashOf } from '../router';
import { useAppState } from '../state';
import { emailFault } from './faults';
import { focusFault } from './focusFault';
import { Problem } from './Problem';
import { askedFor } from './resetEmail';

export function Forgot() {
  const { chat, router } = useAppState();
  const [email, setEmail] = useState(askedFor.value);
  const [fault, setFault] = useState<string>();
  const { busy, error, run } = useAction();
  const submit = async (event: Event) => {
    event.preventDefault();
    const found = emailFault(email);
    setFault(found);
    focusFault(event.currentTarget);
    if (found === undefined && (await run(() => chat.forgotPassword(email.trim())))) {
      askedFor.value = email.trim();
      router.go({ name: 'reset' });
    }
  };
  return (
    <>
      <p>
        We send a code to your address, if there is an account with it. Your messages stay on this
        device: a new password does not bring back what is stored elsewhere.
      </p>
      <form class="form" noValidate onSubmit={submit}>
        <Field
          label="Email"
          type="email"
          autoComplete="username"
          maxLength={254}
          value={email}
          error={fault}
          onInput={setEmail}
        />
        <Problem error={error} />
        <Button kind="primary" type="submit" wide busy={busy}>
          Send the code
        </Button>
      </form>
      <nav class="entry-links" aria-label="Other ways in">
        <a href={hashOf({ name: 'list' })}>Back to sign in</a>
        <a href={hashOf({ name: 'reset' })}>I have a code</a>
      </nav>
    </>
  );
}
