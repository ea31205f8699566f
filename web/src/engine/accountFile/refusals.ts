import { Failure } from '../failures';

/** What is said of files that aren't taken; the Java client says the same. */

export function noAccountFile(): Failure {
  return new Failure(
    'account_file',
    "This isn't an account file of QuantChat: choose another file.",
  );
}

export function newer(): Failure {
  return new Failure(
    'account_file',
    'A newer program made this account file: update this one first.',
  );
}

export function costly(): Failure {
  return new Failure('account_file', "This account file is damaged: its key can't be derived.");
}

/** Nobody can tell one from the other. */
export function beginning(): Failure {
  return new Failure(
    'wrong_passphrase',
    'The passphrase is another one, or this account file is damaged at its beginning.',
  );
}

export function damaged(): Failure {
  return new Failure(
    'account_file',
    'This account file is damaged: a part of it was altered, or its end is missing.',
  );
}

/** @param line from 1 on */
export function senseless(line: number): Failure {
  return new Failure(
    'account_file',
    `This account file is damaged: its line ${line} makes no sense.`,
  );
}

export function otherAccount(email: string): Failure {
  return new Failure('account_file', `This account file is another account's, ${email}.`);
}

export function otherIdentity(): Failure {
  return new Failure(
    'account_file',
    'The account has another identity here than in this account file: what is here stays.',
  );
}

export function unreadable(): Failure {
  return new Failure(
    'account_file',
    "The account file can't be read: look whether it is still there.",
  );
}

export function noMemory(): Failure {
  return new Failure(
    'account_file',
    'There is too little memory for the account file. Close other tabs, then try again.',
  );
}
