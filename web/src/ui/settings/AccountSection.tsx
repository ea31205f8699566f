import { useState } from 'preact/hooks';
import type { Account } from '../../engine/api';
import { useAction } from '../action';
import { emailFault, passwordFault } from '../entry/faults';
import { Problem } from '../entry/Problem';
import { Avatar } from '../parts/Avatar';
import { Button } from '../parts/Button';
import { Notice } from '../parts/EmptyState';
import { Field } from '../parts/Field';
import * as icons from '../parts/icons';
import { PasswordStrength } from '../parts/PasswordStrength';
import { toast } from '../parts/Toast';
import { useAppState } from '../state';
import { Card } from './Card';

export function AccountSection({ account }: { account: Account }) {
  return (
    <>
      <Names account={account} />
      <Email account={account} />
      <Password account={account} />
    </>
  );
}

function Names({ account }: { account: Account }) {
  const { chat } = useAppState();
  const [fullName, setFullName] = useState(account.fullName);
  const [username, setUsername] = useState(account.username);
  const { busy, error, run, refuse } = useAction();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (fullName.trim() === '' || username.trim() === '') {
      refuse('Both names are needed.');
    } else if (
      await run(() => chat.updateProfile({ fullName: fullName.trim(), username: username.trim() }))
    ) {
      toast({ text: 'Your names are changed.' });
    }
  };
  const isSame = fullName.trim() === account.fullName && username.trim() === account.username;
  return (
    <Card title="Names" note="As others see them.">
      <form class="form" noValidate onSubmit={submit}>
        <div class="item">
          <Avatar id={account.userId} name={fullName || username} size={3.5} />
          <p class="item-note">
            Colour and letters are made from your name; there are no pictures.
          </p>
        </div>
        <Field
          label="Full name"
          autoComplete="name"
          maxLength={128}
          value={fullName}
          onInput={setFullName}
        />
        <Field
          label="Username"
          autoComplete="nickname"
          maxLength={64}
          value={username}
          onInput={setUsername}
        />
        <Problem error={error} />
        <div class="card-actions">
          <Button kind="primary" type="submit" busy={busy} disabled={isSame}>
            Save names
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Email({ account }: { account: Account }) {
  const { chat } = useAppState();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [sentTo, setSentTo] = useState<string>();
  const [fault, setFault] = useState<string>();
  const { busy, error, run } = useAction();
  const submit = async (event: Event) => {
    event.preventDefault();
    const found = emailFault(email);
    setFault(found);
    if (found !== undefined) {
      return;
    }
    const next = email.trim();
    await run(async () => {
      if (await chat.changeEmail(next, password)) {
        setSentTo(next);
      } else {
        toast({ text: 'Your address is changed.' });
      }
      setEmail('');
      setPassword('');
    });
  };
  return (
    <Card
      title="Email"
      note={
        account.email === '' ? (
          'Your address has gone to somebody who proved that it is theirs. Enter another.'
        ) : (
          <p>
            Your address is <bdi>{account.email}</bdi>.
          </p>
        )
      }
    >
      {(sentTo !== undefined || !account.emailVerified) && (
        <>
          <VerifyEmail sentTo={sentTo} onVerified={() => setSentTo(undefined)} />
          <hr />
        </>
      )}
      <form class="form" noValidate onSubmit={submit}>
        <Field
          label="New address"
          type="email"
          autoComplete="email"
          maxLength={254}
          value={email}
          error={fault}
          onInput={setEmail}
        />
        <Field
          label="Your password"
          type="password"
          autoComplete="current-password"
          maxLength={1024}
          value={password}
          onInput={setPassword}
        />
        <Problem error={error} />
        <div class="card-actions">
          <Button type="submit" busy={busy} disabled={email.trim() === '' || password === ''}>
            Change address
          </Button>
        </div>
      </form>
    </Card>
  );
}

function VerifyEmail({
  sentTo,
  onVerified,
}: {
  sentTo: string | undefined;
  onVerified: () => void;
}) {
  const { chat } = useAppState();
  const [code, setCode] = useState('');
  const sending = useAction();
  const verifying = useAction();
  const send = async () => {
    if (await sending.run(() => chat.sendVerification())) {
      toast({ text: 'A code is on its way to your address.' });
    }
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (code.trim() === '') {
      verifying.refuse('Enter the code from the mail.');
    } else if (await verifying.run(() => chat.verifyEmail(code.trim()))) {
      setCode('');
      onVerified();
      toast({ text: 'Your address is verified.' });
    }
  };
  return (
    <form class="form" noValidate onSubmit={submit}>
      <Notice kind="caution" icon={icons.mail}>
        {sentTo === undefined ? (
          <p>It isn’t verified yet: whoever can prove that it is theirs gets it.</p>
        ) : (
          <p>
            A code is on its way to <bdi>{sentTo}</bdi>. Until you enter it, your old address stays.
          </p>
        )}
      </Notice>
      <Field
        label="Code from the mail"
        autoComplete="one-time-code"
        maxLength={32}
        value={code}
        onInput={setCode}
      />
      <Problem error={verifying.error ?? sending.error} />
      <div class="card-actions">
        <Button kind="primary" type="submit" busy={verifying.busy}>
          Verify
        </Button>
        <Button busy={sending.busy} onClick={() => void send()}>
          Send a code
        </Button>
      </div>
    </form>
  );
}

function Password({ account }: { account: Account }) {
  const { chat } = useAppState();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [fault, setFault] = useState<string>();
  const { busy, error, run } = useAction();
  const submit = async (event: Event) => {
    event.preventDefault();
    const found = passwordFault(next);
    setFault(found);
    if (found === undefined && (await run(() => chat.changePassword(current, next)))) {
      setCurrent('');
      setNext('');
      toast({ text: 'Your password is changed.' });
    }
  };
  return (
    <Card title="Password" note="It opens your account on the server, not what is stored here.">
      <form class="form" noValidate onSubmit={submit}>
        <Field
          label="Current password"
          type="password"
          autoComplete="current-password"
          maxLength={1024}
          value={current}
          onInput={setCurrent}
        />
        <Field
          label="New password"
          type="password"
          autoComplete="new-password"
          maxLength={1024}
          hint={
            <PasswordStrength
              password={next}
              known={[account.fullName, account.username, account.email]}
            />
          }
          value={next}
          error={fault}
          onInput={setNext}
        />
        <Problem error={error} />
        <div class="card-actions">
          <Button type="submit" busy={busy} disabled={current === ''}>
            Change password
          </Button>
        </div>
      </form>
    </Card>
  );
}
