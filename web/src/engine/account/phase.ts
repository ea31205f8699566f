import type { Account, Phase, StorageFault } from '../api';
import type { IdentityPlace } from './storedAccount';

/** All that the phase follows from. */
export interface Facts {
  /** Nothing can be stored. */
  fault?: StorageFault;
  /** Whose messages are stored here, as far as that stands in clear. */
  owner?: { email: string };
  /** What is stored waits for its passphrase. */
  isLocked: boolean;
  /** Of the store that is open. */
  account?: Account;
  identity?: IdentityPlace;
  hasSession: boolean;
  /** Somebody has signed out here, or deleted the account. */
  left?: 'signed_out' | 'account_deleted';
  /** The session ended without anybody here having asked for it. */
  sessionEnded: boolean;
}

/**
 * Where the program is. Who hasn't signed out sees what is stored also when the session has ended;
 * only what needs the identity asks for a session first.
 */
export function phaseOf(facts: Facts): Phase {
  if (facts.fault) {
    return { name: 'unusable', reason: facts.fault };
  }
  if (facts.isLocked && facts.owner) {
    return { name: 'locked', email: facts.owner.email };
  }
  const { account } = facts;
  const email = account?.email ?? facts.owner?.email;
  const who = email === undefined ? {} : { email };
  if (!account || facts.left) {
    return {
      name: 'signed_out',
      ...who,
      ...(facts.left === 'account_deleted' ? { reason: 'account_deleted' as const } : {}),
    };
  }
  if (facts.identity !== 'here') {
    if (!facts.hasSession) {
      return {
        name: 'signed_out',
        ...who,
        ...(facts.sessionEnded ? { reason: 'session_ended' as const } : {}),
      };
    }
    if (facts.identity !== 'free') {
      return { name: 'identity_needed', account };
    }
  }
  return { name: 'ready', account, loginRequired: !facts.hasSession };
}
