import { useState } from 'preact/hooks';
import { useAction } from '../action';
import { Button } from '../parts/Button';
import { Notice } from '../parts/EmptyState';
import { Field } from '../parts/Field';
import * as icons from '../parts/icons';
import { hashOf } from '../router';
import { useAppState } from '../state';
import { focusFault } from './focusFault';
import { Problem } from './Problem';
import { askedFor } from './resetEmail';

const REASONS = {
  session_ended: 'Your session has ended. Sign in again to go on; nothing stored here is lost.',
  account_deleted: 'Your account is deleted.',
};

export interface SignInProps {
  /** Who was signed in, where their messages are still stored here. */
  email: string | undefined;
  reason: keyof typeof REASONS | undefined;
}

export function SignIn({ email: stored, reason }: SignInProps) {
  const { chat } = useAppState();
  const [email, setEmail] = useState(stored || askedFor.value);
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const { busy, error, run } = useAction();
  const submit = (event: Event) => {
    event.preventDefault();
    const without = {
      ...(email.trim() === '' && { email: 'Enter your email address.' }),
      ...(password === '' && { password: 'Enter your password.' }),
    };
    setMissing(without);
    focusFault(event.currentTarget);
    if (Object.keys(without).length === 0) {
      void run(() => chat.login(email.trim(), password));
    }
  };
  return (
    <>
      {reason !== undefined && (
        <Notice icon={icons.info}>
          <p>{REASONS[reason]}</p>
        </Notice>
      )}
      {stored !== undefined && reason === undefined && (
        <Notice icon={icons.lock}>
          <p>
            The messages of <bdi>{stored}</bdi> are still stored on this device.
          </p>
        </Notice>
      )}
      <form class="form" noValidate onSubmit={submit}>
        <Field
          label="Email"
          type="email"
          autoComplete="username"
          maxLength={254}
          value={email}
          error={missing.email}
          onInput={setEmail}
        />
        <Field
          label="Password"
          type="password"
          autoComplete="current-password"
          maxLength={1024}
          value={password}
          error={missing.password}
          onInput={setPassword}
        />
        <Problem error={error} />
        <Button kind="primary" type="submit" wide busy={busy}>
          Sign in
        </Button>
      </form>
      <p class="entry-note">
        Your messages and keys stay on this device. The server passes on what it can’t read.
      </p>
      <nav class="entry-links" aria-label="Other ways in">
        <a href={hashOf({ name: 'register' })}>Create an account</a>
        <a href={hashOf({ name: 'forgot' })}>Forgot your password?</a>
      </nav>
    </>
  );
}
