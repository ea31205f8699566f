import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Account } from '../../engine/api';
import { lazyDialog } from '../lazy';
import { announce } from '../parts/announce';
import { Button } from '../parts/Button';
import { Notice } from '../parts/EmptyState';
import * as icons from '../parts/icons';
import { Progress } from '../parts/Spinner';
import { useAppState } from '../state';
import { clockSaid } from './clockSaid';

const AskPassword = lazyDialog(() => import('./AskPassword').then((it) => it.AskPassword));

const SESSION_ENDED =
  'Your session has ended. Nothing comes in or goes out until you enter your password.';

/** What is so now that a person should know: only what isn't as it should be. */
export function SideNotes({
  account,
  loginRequired,
  children,
}: {
  account: Account;
  loginRequired: boolean;
  /** What is said besides. */
  children: ComponentChildren;
}) {
  const { router, host, connection, clockAhead, catchingUp } = useAppState();
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (loginRequired) {
      announce(SESSION_ENDED);
    }
  }, [loginRequired]);
  return (
    <div class="side-notes">
      {loginRequired ? (
        <Notice
          kind="caution"
          icon={icons.key}
          actions={<Button onClick={() => setAsking(true)}>Enter password</Button>}
        >
          <p>{SESSION_ENDED}</p>
        </Notice>
      ) : (
        connection.value !== 'online' && (
          <Notice icon={icons.retry}>
            <p>
              {connection.value === 'connecting'
                ? 'Connecting…'
                : 'Offline. What you write is sent when you are back.'}
            </p>
          </Notice>
        )
      )}
      {catchingUp.value > 0 && <CatchingUp left={catchingUp.value} />}
      {clockAhead.value !== 0 && (
        <Notice kind="caution" icon={icons.clock}>
          <p>{clockSaid(clockAhead.value)}</p>
        </Notice>
      )}
      {host.updateReady.value && (
        <Notice
          icon={icons.download}
          actions={<Button onClick={() => host.applyUpdate()}>Update now</Button>}
        >
          <p>A newer release is ready.</p>
        </Notice>
      )}
      {!account.emailVerified && account.email !== '' && (
        <Notice
          icon={icons.mail}
          actions={
            <Button onClick={() => router.go({ name: 'settings', section: 'account' })}>
              Verify
            </Button>
          }
        >
          <p>
            Your address <bdi>{account.email}</bdi> isn’t verified yet.
          </p>
        </Notice>
      )}
      {children}
      {asking && (
        <AskPassword email={account.email || account.userId} onClose={() => setAsking(false)} />
      )}
    </div>
  );
}

/** The most that was left since it began is what it is a part of. */
function CatchingUp({ left }: { left: number }) {
  const [most, setMost] = useState(left);
  if (left > most) {
    setMost(left);
  }
  return (
    <div class="catching-up">
      <p>{left === 1 ? 'One more message to fetch' : `${left} more messages to fetch`}</p>
      <Progress label="Fetching messages" value={1 - left / Math.max(most, left)} />
    </div>
  );
}
