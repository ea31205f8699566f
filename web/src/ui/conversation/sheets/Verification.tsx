import { useEffect, useState } from 'preact/hooks';
import type { Chat, Conversation, SafetyNumber } from '../../../engine/api';
import { detailOf } from '../../errors';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { Notice } from '../../parts/EmptyState';
import * as icons from '../../parts/icons';
import { Spinner } from '../../parts/Spinner';
import { groups, spoken } from './digits';
import { QrCode } from './QrCode';
import { QrScan } from './QrScan';
import './sheets.css';

export interface VerificationProps {
  chat: Chat;
  conversation: Conversation;
  onClose: () => void;
}

/** Compares safety numbers: by a code, or by digits read out. */
export function Verification({ chat, conversation, onClose }: VerificationProps) {
  const { contactId, fullName, verified, identityChanged } = conversation;
  const [number, setNumber] = useState<SafetyNumber>();
  const [fault, setFault] = useState<string>();
  const [scanned, setScanned] = useState<'same' | 'other'>();
  const failed = (e: unknown) => setFault(detailOf(e));
  useEffect(() => {
    chat.safetyNumber(contactId).then(setNumber, failed);
  }, [contactId, identityChanged]);
  const check = (bytes: Uint8Array) => {
    setFault(undefined);
    chat.checkScanned(contactId, bytes).then((same) => setScanned(same ? 'same' : 'other'), failed);
  };
  const mark = async (verified: boolean) => {
    setFault(undefined);
    try {
      if (verified && identityChanged && number)
        await chat.acceptIdentity(contactId, number.digits);
      await chat.markVerified(contactId, verified);
      if (verified) onClose();
    } catch (e) {
      failed(e);
    }
  };
  const accept = () => {
    if (number) chat.acceptIdentity(contactId, number.digits).then(onClose, failed);
  };
  return (
    <Dialog
      title={`Safety number with ${fullName}`}
      onClose={onClose}
      actions={
        number && (
          <>
            {identityChanged && <Button onClick={accept}>Accept without comparing</Button>}
            {verified && !identityChanged ? (
              <Button onClick={() => void mark(false)}>Mark as not verified</Button>
            ) : (
              <Button kind="primary" icon={icons.shieldCheck} onClick={() => void mark(true)}>
                {identityChanged ? 'It is the same: accept' : 'It is the same'}
              </Button>
            )}
          </>
        )
      }
    >
      <p>
        If <bdi>{fullName}</bdi> sees the same number, nobody sits between you and reads along, the
        server included. Compare it when you meet, or on a call where you know the voice.
      </p>
      {verified && !identityChanged && (
        <Notice kind="good" icon={icons.shieldCheck}>
          <span>
            You have verified <bdi>{fullName}</bdi>.
          </span>
        </Notice>
      )}
      {scanned === 'same' && (
        <Notice kind="good" icon={icons.shieldCheck}>
          <span>
            The codes agree. <bdi>{fullName}</bdi> is verified.
          </span>
        </Notice>
      )}
      {scanned === 'other' && (
        <Notice kind="danger" icon={icons.alert}>
          <strong>The codes don’t agree.</strong>
          <span>
            Make sure that both of you have this conversation open. If they still differ, somebody
            may sit between you: send nothing that matters.
          </span>
        </Notice>
      )}
      {fault !== undefined && (
        <Notice kind="danger" icon={icons.alert}>
          <span role="alert">{fault}</span>
        </Notice>
      )}
      {number === undefined && fault === undefined && <Spinner label="Loading the safety number" />}
      {number && (
        <>
          <QrCode
            bytes={number.qr}
            label={`Code of the safety number with ${fullName}, to be scanned`}
          />
          <ol class="digits" aria-label="Safety number, twelve groups of five digits">
            {groups(number.digits).map((group, at) => (
              <li key={at}>
                <span aria-hidden="true">{group}</span>
                <span class="unseen">{spoken(group)}</span>
              </li>
            ))}
          </ol>
          <QrScan onScanned={check} />
        </>
      )}
    </Dialog>
  );
}
