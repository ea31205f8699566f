import { useState } from 'preact/hooks';
import { useAction } from '../action';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { PasswordStrength } from '../parts/PasswordStrength';
import { toast } from '../parts/Toast';
import { hashOf } from '../router';
import { useAppState } from '../state';
import { emailFault, type Faults, passwordFault } from './faults';
import { focusFault } from './focusFault';
import { Problem } from './Problem';
import { askedFor } from './resetEmail';

/** `token` is that of a mail's link; who types the code says whose it is. */
export function Reset({ token }: { token: string | undefined }) {
  const { chat, router } = useAppState();
  const [email, setEmail] = useState(askedFor.value);
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [faults, setFaults] = useState<Faults<'email' | 'code' | 'password'>>({});
  const { busy, error, run } = useAction();
  const submit = async (event: Event) => {
    event.preventDefault();
    const noEmail = token === undefined ? emailFault(email) : undefined;
    const noPassword = passwordFault(password);
    const found = {
      ...(noEmail !== undefined && { email: noEmail }),
      ...(token === undefined && code.trim() === '' && { code: 'Enter the code from the mail.' }),
      ...(noPassword !== undefined && { password: noPassword }),
    };
    setFaults(found);
    focusFault(event.currentTarget);
    if (Object.keys(found).length > 0) {
      return;
    }
    const done = await run(() =>
      token === undefined
        ? chat.resetPassword(code.trim(), password, email.trim())
        : chat.resetPassword(token, password),
    );
    if (done) {
      toast({ text: 'Your password is changed. Sign in with the new one.' });
      router.go({ name: 'list' }, { replace: true });
    }
  };
  return (
    <>
      {token === undefined && (
        <p>
          If there is an account with your address, a code is on its way. It is good for 30 minutes.
        </p>
      )}
      <form class="form" noValidate onSubmit={submit}>
        {token === undefined && (
          <>
            <Field
              label="Email"
              type="email"
              autoComplete="username"
              maxLength={254}
              value={email}
              error={faults.email}
              onInput={setEmail}
            />
            <Field
              label="Code"
              autoComplete="one-time-code"
              maxLength={32}
              value={code}
              error={faults.code}
              onInput={setCode}
            />
          </>
        )}
        <Field
          label="New password"
          type="password"
          autoComplete="new-password"
          maxLength={1024}
          hint={<PasswordStrength password={password} known={[email]} />}
          value={password}
          error={faults.password}
          onInput={setPassword}
        />
        <Problem error={error} />
        <Button kind="primary" type="submit" wide busy={busy}>
          Change password
        </Button>
      </form>
      <p class="entry-note">All sessions of your account end.</p>
      <nav class="entry-links" aria-label="Other ways in">
        <a href={hashOf({ name: 'list' })}>Back to sign in</a>
        <a href={hashOf({ name: 'forgot' })}>Send another code</a>
      </nav>
    </>
  );
}
