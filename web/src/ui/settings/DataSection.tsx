import { useEffect, useState } from 'preact/hooks';
import type { Account, ImportResult, StorageReport } from '../../engine/api';
import { useAction } from '../action';
import { BringFile } from '../entry/BringFile';
import { Problem } from '../entry/Problem';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { FilePicker } from '../parts/FilePicker';
import * as icons from '../parts/icons';
import * as moreIcons from '../parts/moreIcons';
import { PasswordStrength } from '../parts/PasswordStrength';
import { Progress } from '../parts/Spinner';
import { toast } from '../parts/Toast';
import { save } from '../save';
import { sizeSaid } from '../sizes';
import { useAppState } from '../state';
import { Card } from './Card';
import { importSaid, savedSaid } from './importSaid';

export function DataSection({ account }: { account: Account }) {
  return (
    <>
      <AccountFile account={account} />
      <ImportAccountFile />
      <Storage />
      <ImportMarkdown />
      <ServerData account={account} />
    </>
  );
}

/** Of a file's name: what is no letter, digit or dot would be changed by one system or another. */
function fileName(account: Account, ending: string): string {
  const who = (account.email || account.username).replace(/[^\p{L}\p{N}.@-]+/gu, '_');
  return `quantchat-${who}.${ending}`;
}

function AccountFile({ account }: { account: Account }) {
  const { chat } = useAppState();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const { busy, error, run, refuse } = useAction();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (passphrase === '' || passphrase !== again) {
      refuse(
        passphrase === ''
          ? 'Choose a passphrase for the file.'
          : 'The two passphrases differ. Enter the same twice.',
      );
      return;
    }
    let leftOut = 0;
    const done = await run(async () => {
      const saved = await chat.exportAccountFile(passphrase);
      leftOut = saved.leftOut;
      save(saved.file, fileName(account, 'account'));
    });
    if (done) {
      setPassphrase('');
      setAgain('');
      toast({ text: savedSaid(leftOut) });
    }
  };
  return (
    <Card
      title="Account file"
      note="Your identity, whom you have verified, and your history, in one encrypted file. With it you go on elsewhere, or here after the browser was cleared. The same file works in the terminal program."
    >
      <form class="form" noValidate onSubmit={submit}>
        <Field
          label="Passphrase for the file"
          type="password"
          autoComplete="new-password"
          hint={<PasswordStrength password={passphrase} />}
          value={passphrase}
          onInput={setPassphrase}
        />
        <Field
          label="The same again"
          type="password"
          autoComplete="new-password"
          value={again}
          onInput={setAgain}
        />
        <Problem error={error} />
        <div class="card-actions">
          <Button kind="primary" type="submit" icon={icons.download} busy={busy}>
            Save account file
          </Button>
        </div>
      </form>
    </Card>
  );
}

function ImportAccountFile() {
  const [result, setResult] = useState<ImportResult>();
  return (
    <Card
      title="Bring in an account file"
      note="One of this account, from another browser or a terminal. Messages and contacts that aren’t here are added; what is here stays as it is."
    >
      <BringFile onBrought={setResult} />
      {result !== undefined && (
        <p role="status" class="card-note">
          {importSaid(result)}
        </p>
      )}
    </Card>
  );
}

function Storage() {
  const { chat } = useAppState();
  const [report, setReport] = useState<StorageReport>();
  const { busy, error, run } = useAction();
  const look = async () => setReport(await chat.storage());
  useEffect(() => void run(look), []);
  const persist = () =>
    run(async () => {
      const granted = await navigator.storage.persist();
      await look();
      toast({
        text: granted
          ? 'The browser keeps what is stored here.'
          : 'The browser did not promise it. Installing QuantChat, or allowing notifications, often helps.',
      });
    });
  return (
    <Card title="Storage on this device">
      <Problem error={error} />
      {report !== undefined && (
        <>
          <dl class="facts">
            <dt>Messages</dt>
            <dd>{report.messages.toLocaleString()}</dd>
            <dt>Used</dt>
            <dd>
              {sizeSaid(report.usage)} of {sizeSaid(report.quota)}
            </dd>
            <dt>Kept</dt>
            <dd>
              {report.persisted
                ? 'The browser has promised not to clear it by itself.'
                : 'The browser may clear it by itself when room is short.'}
            </dd>
          </dl>
          <Progress
            label="Storage in use"
            value={report.quota > 0 ? Math.min(1, report.usage / report.quota) : 0}
          />
          {!report.persisted && (
            <div class="card-actions">
              <Button busy={busy} onClick={() => void persist()}>
                Ask the browser to keep it
              </Button>
            </div>
          )}
        </>
      )}
    </Card>
  );
}

function ImportMarkdown() {
  const { chat } = useAppState();
  const [file, setFile] = useState<File>();
  const [result, setResult] = useState<ImportResult>();
  const { busy, error, run } = useAction();
  const bring = () =>
    void run(async () => {
      if (file !== undefined) {
        setResult(undefined);
        setResult(await chat.importMarkdown(file));
      }
    });
  return (
    <Card
      title="Bring in an exported conversation"
      note="A Markdown file that QuantChat has exported, here or in a terminal. Messages that are here already are left alone."
    >
      <FilePicker label="Markdown file" accept=".md,text/markdown" file={file} onPick={setFile} />
      <Problem error={error} />
      {result !== undefined && (
        <div role="status">
          <p>{importSaid(result)}</p>
          {result.refused.length > 0 && (
            <ul class="items card-note">
              {result.refused.slice(0, MOST_REFUSED).map((it) => (
                <li key={it.number}>
                  Line {it.line}: <bdi>{it.reason}</bdi>
                </li>
              ))}
              {result.refused.length > MOST_REFUSED && (
                <li>and {result.refused.length - MOST_REFUSED} more</li>
              )}
            </ul>
          )}
        </div>
      )}
      <div class="card-actions">
        <Button icon={moreIcons.upload} busy={busy} disabled={file === undefined} onClick={bring}>
          Bring it in
        </Button>
      </div>
    </Card>
  );
}

const MOST_REFUSED = 20;

function ServerData({ account }: { account: Account }) {
  const { chat } = useAppState();
  const { busy, error, run } = useAction();
  const download = () =>
    void run(async () => save(await chat.exportAccount(), fileName(account, 'json')));
  return (
    <Card
      title="What the server has"
      note="Everything that the server keeps of your account, as JSON. Messages aren’t among it."
    >
      <Problem error={error} />
      <div class="card-actions">
        <Button icon={icons.download} busy={busy} onClick={download}>
          Save the server’s data
        </Button>
      </div>
    </Card>
  );
}
