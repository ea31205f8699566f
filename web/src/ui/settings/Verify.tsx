import { useEffect, useState } from 'preact/hooks';
import { detailOf } from '../errors';
import { Button } from '../parts/Button';
import { EmptyState } from '../parts/EmptyState';
import * as icons from '../parts/icons';
import { Spinner } from '../parts/Spinner';
import { useAppState } from '../state';

/** Came by the link of a mail: proves that the address is one's own. */
export function Verify({ token }: { token: string }) {
  const { chat, router } = useAppState();
  const [outcome, setOutcome] = useState<'done' | { fault: string }>();
  useEffect(() => {
    chat.verifyEmail(token).then(
      () => setOutcome('done'),
      (error) => setOutcome({ fault: detailOf(error) }),
    );
  }, [token]);
  const goOn = () => router.go({ name: 'list' }, { replace: true });
  if (outcome === undefined) {
    return (
      <div class="loading">
        <Spinner label="Verifying your address" />
      </div>
    );
  }
  return outcome === 'done' ? (
    <EmptyState icon={icons.check} title="Your address is verified">
      <Button kind="primary" onClick={goOn}>
        To the conversations
      </Button>
    </EmptyState>
  ) : (
    <EmptyState icon={icons.alert} title="Your address could not be verified">
      <p dir="auto">{outcome.fault}</p>
      <Button onClick={goOn}>To the conversations</Button>
    </EmptyState>
  );
}
