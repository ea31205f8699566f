import { useEffect, useState } from 'preact/hooks';
import type { LoginSession } from '../../engine/api';
import { useAction } from '../action';
import { Problem } from '../entry/Problem';
import { detailOf } from '../errors';
import { Button } from '../parts/Button';
import { Icon } from '../parts/Icon';
import * as icons from '../parts/icons';
import * as moreIcons from '../parts/moreIcons';
import { Spinner } from '../parts/Spinner';
import { toast } from '../parts/Toast';
import { useAppState } from '../state';
import { times } from '../times';
import { Card } from './Card';

export function SessionsSection() {
  const { chat } = useAppState();
  const [sessions, setSessions] = useState<readonly LoginSession[]>();
  const [fault, setFault] = useState<string>();
  const ending = useAction();
  const look = () =>
    chat.sessions().then(
      (found) => {
        setSessions(found);
        setFault(undefined);
      },
      (error) => setFault(detailOf(error)),
    );
  useEffect(() => void look(), []);
  const end = async (work: () => Promise<void>, said: string) => {
    if (await ending.run(work)) {
      toast({ text: said });
      await look();
    }
  };
  const others = sessions?.some((it) => !it.isCurrent) ?? false;
  return (
    <Card
      title="Where you are signed in"
      note="A session that you end can’t send or receive until the password is entered there again."
    >
      <Problem error={fault ?? ending.error} />
      {fault !== undefined && (
        <div class="card-actions">
          <Button icon={icons.retry} onClick={() => void look()}>
            Try again
          </Button>
        </div>
      )}
      {sessions === undefined && fault === undefined && <Spinner label="Loading sessions" />}
      <ul class="items">
        {sessions?.map((it) => (
          <li key={it.id} class="item">
            <Icon path={moreIcons.device} />
            <div class="item-text">
              <p class="item-title">
                <bdi>{it.program ?? 'Unknown program'}</bdi>
                {it.isCurrent && ' (this one)'}
              </p>
              <p class="item-note">
                Since {times.full(it.created)}, last used {times.full(it.lastUsed)}
              </p>
            </div>
            {!it.isCurrent && (
              <Button
                aria-label={`End the session of ${it.program ?? 'an unknown program'}, since ${times.full(it.created)}`}
                onClick={() => void end(() => chat.endSession(it.id), 'The session is ended.')}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others && (
        <div class="card-actions">
          <Button
            kind="danger"
            busy={ending.busy}
            onClick={() => void end(() => chat.endOtherSessions(), 'All other sessions are ended.')}
          >
            End all others
          </Button>
        </div>
      )}
    </Card>
  );
}
