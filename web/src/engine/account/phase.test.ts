import { describe, expect, it } from 'vitest';
import { type Facts, phaseOf } from './phase';

const ACCOUNT = {
  userId: '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21',
  email: 'ada@example.com',
  username: 'ada',
  fullName: 'Ada Lovelace',
  emailVerified: true,
};
const NOBODY: Facts = { isLocked: false, hasSession: false, sessionEnded: false };
const IN_USE: Facts = {
  ...NOBODY,
  owner: { email: 'ada@example.com' },
  account: ACCOUNT,
  identity: 'here',
  hasSession: true,
};

describe('the phase', () => {
  it.each<[string, Facts, object]>([
    ['nobody was ever here', NOBODY, { name: 'signed_out' }],
    ['it is in use', IN_USE, { name: 'ready', account: ACCOUNT, loginRequired: false }],
    [
      'the session has ended: all that is stored is shown',
      { ...IN_USE, hasSession: false, sessionEnded: true },
      { name: 'ready', account: ACCOUNT, loginRequired: true },
    ],
    [
      'somebody signed out',
      { ...IN_USE, hasSession: false, left: 'signed_out' },
      { name: 'signed_out', email: 'ada@example.com' },
    ],
    [
      'the account was deleted',
      { ...IN_USE, hasSession: false, left: 'account_deleted' },
      { name: 'signed_out', email: 'ada@example.com', reason: 'account_deleted' },
    ],
    [
      'there is a passphrase',
      { ...NOBODY, owner: { email: 'ada@example.com' }, isLocked: true },
      { name: 'locked', email: 'ada@example.com' },
    ],
    [
      'the identity is elsewhere',
      { ...IN_USE, identity: 'elsewhere' },
      { name: 'identity_needed', account: ACCOUNT },
    ],
    [
      'an identity may be made',
      { ...IN_USE, identity: 'free' },
      { name: 'ready', account: ACCOUNT, loginRequired: false },
    ],
    [
      'the session ended before an identity came',
      { ...IN_USE, identity: 'elsewhere', hasSession: false, sessionEnded: true },
      { name: 'signed_out', email: 'ada@example.com', reason: 'session_ended' },
    ],
    ['nothing can be stored', { ...IN_USE, fault: 'full' }, { name: 'unusable', reason: 'full' }],
  ])('where %s', (_, facts, phase) => {
    expect(phaseOf(facts)).toEqual(phase);
  });

  it('is never ready where it is unknown whether there is an identity elsewhere', () => {
    const { identity: _, ...unknown } = IN_USE;

    expect(phaseOf(unknown)).toEqual({ name: 'identity_needed', account: ACCOUNT });
  });
});
