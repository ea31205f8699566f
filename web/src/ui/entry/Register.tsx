import { useState } from 'preact/hooks';
import { useAction } from '../action';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { PasswordStrength } from '../parts/PasswordStrength';
import { hashOf } from '../router';
import { useAppState } from '../state';
import { type Faults, registrationFaults } from './faults';
import { focusFault } from './focusFault';
import { Problem } from './Problem';

export function Register() {
  const { chat } = useAppState();
  const [given, setGiven] = useState({ fullName: '', username: '', email: '', password: '' });
  const [faults, setFaults] = useState<Faults<keyof typeof given>>({});
  const { busy, error, run } = useAction();
  const give = (name: keyof typeof given) => (value: string) =>
    setGiven((before) => ({ ...before, [name]: value }));
  const submit = (event: Event) => {
    event.preventDefault();
    const found = registrationFaults(given);
    setFaults(found);
    focusFault(event.currentTarget);
    if (Object.keys(found).length === 0) {
      const { email, password, username, fullName } = given;
      void run(() => chat.register(email.trim(), password, username.trim(), fullName.trim()));
    }
  };
  return (
    <>
      <form class="form" noValidate onSubmit={submit}>
        <Field
          label="Full name"
          autoComplete="name"
          maxLength={128}
          value={given.fullName}
          error={faults.fullName}
          onInput={give('fullName')}
        />
        <Field
          label="Username"
          autoComplete="nickname"
          maxLength={64}
          value={given.username}
          error={faults.username}
          onInput={give('username')}
        />
        <Field
          label="Email"
          type="email"
          autoComplete="username"
          maxLength={254}
          hint="People add you by this address."
          value={given.email}
          error={faults.email}
          onInput={give('email')}
        />
        <Field
          label="Password"
          type="password"
          autoComplete="new-password"
          maxLength={1024}
          hint={
            <PasswordStrength
              password={given.password}
              known={[given.fullName, given.username, given.email]}
            />
          }
          value={given.password}
          error={faults.password}
          onInput={give('password')}
        />
        <Problem error={error} />
        <Button kind="primary" type="submit" wide busy={busy}>
          Create account
        </Button>
      </form>
      <p class="entry-note">
        The server keeps your names, address and contacts, and messages only until they are
        delivered, encrypted. Your keys and your history are kept on this device alone.
      </p>
      <nav class="entry-links" aria-label="Other ways in">
        <a href={hashOf({ name: 'list' })}>I have an account</a>
      </nav>
    </>
  );
}
