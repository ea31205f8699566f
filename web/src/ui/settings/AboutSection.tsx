import { useEffect, useState } from 'preact/hooks';
import { Button } from '../parts/Button';
import * as icons from '../parts/icons';
import * as moreIcons from '../parts/moreIcons';
import { toast } from '../parts/Toast';
import { useAppState } from '../state';
import { Card } from './Card';

function copy(text: string): void {
  navigator.clipboard.writeText(text).then(
    () => toast({ text: 'Copied.' }),
    () => toast({ text: 'Your browser didn’t let it be copied. Mark it and copy it by hand.' }),
  );
}

export function AboutSection() {
  const { host } = useAppState();
  const [build, setBuild] = useState<string>();
  useEffect(() => {
    void host.build().then(setBuild);
  }, []);
  return (
    <>
      <Card title="What protects what">
        <dl class="protects">
          <dt>Your messages on their way</dt>
          <dd>
            Encrypted here for the other’s device alone, with classical and post-quantum keys
            together: both would have to be broken. The server sees who writes to whom, when, and
            about how much.
          </dd>
          <dt>Who you write to</dt>
          <dd>
            Their identity is remembered from the first message on, and a change is said. Only
            comparing the numbers with them proves that nobody stands between you.
          </dd>
          <dt>What is stored here</dt>
          <dd>
            Encrypted. Without a passphrase, the browser keeps the key and lets no script copy it,
            but whoever can use your device can use it.
          </dd>
          <dt>This program</dt>
          <dd>
            Your browser runs what the server gives it: a web page trusts whoever serves it. Compare
            the build below with what the operator has published, or use the terminal program.
          </dd>
        </dl>
      </Card>
      <Card title="This program">
        <dl class="facts">
          <dt>Build</dt>
          <dd>
            <code>{build ?? 'unknown'}</code>
          </dd>
          <dt>Server</dt>
          <dd>
            <code>{window.location.host}</code>
          </dd>
        </dl>
        <div class="card-actions">
          <Button
            icon={moreIcons.copy}
            disabled={build === undefined}
            onClick={() => copy(build ?? '')}
          >
            Copy the build’s hash
          </Button>
          {host.installable.value && (
            <Button icon={icons.download} onClick={() => void host.install()}>
              Install QuantChat
            </Button>
          )}
        </div>
      </Card>
    </>
  );
}
