import { Refused } from '../crypto';
import { BrokenText, LoginRequired, ServerRefusal, Unreachable } from '../protocol/failures';
import { StoreError, type StoreFault } from '../store/store';
import type { EngineError, Fault, StorageFault } from './api';

/** What a call of a screen's fails with. */
export class Failure extends Error implements EngineError {
  override readonly name = 'EngineError';
  readonly code: string;
  readonly detail: string;
  readonly retryAfter?: number;

  constructor(code: string, detail: string, retryAfter?: number) {
    super(detail);
    this.code = code;
    this.detail = detail;
    if (retryAfter !== undefined) {
      this.retryAfter = retryAfter;
    }
  }
}

export const INTERNAL = 'Something went wrong in this program. Reload the page; nothing is lost.';

/** How browsers call it that a part of a program, which is loaded when it is needed, can't be had. */
const NOT_LOADED = /dynamically imported module|importing a module script/i;

const PART_MISSING =
  'A part of this program can’t be loaded now. Check your connection, and try again; if that doesn’t help, reload the page.';

/** Whether a part of this program couldn't be loaded: without a network, or after a new release. */
export function isNotLoaded(failure: unknown): boolean {
  return failure instanceof TypeError && NOT_LOADED.test(failure.message);
}

const OF_STORE: Partial<Record<StoreFault, Fault>> = {
  full: 'storage_full',
  gone: 'storage_gone',
  wrong_passphrase: 'wrong_passphrase',
  broken_text: 'broken_text',
};

/**
 * Any failure as screens have it.
 *
 * @param fault is told of those that are this program's own
 */
export async function failureOf(
  failure: unknown,
  fault: (failure: unknown) => void,
): Promise<Failure> {
  if (failure instanceof Failure) {
    return failure;
  }
  if (failure instanceof Unreachable) {
    return new Failure('unreachable', failure.message, failure.retryAfter);
  }
  if (failure instanceof LoginRequired) {
    return new Failure('login_required', failure.message);
  }
  if (failure instanceof ServerRefusal) {
    return new Failure(
      failure.code || `refused_${failure.status}`,
      failure.message,
      failure.retryAfter,
    );
  }
  if (failure instanceof BrokenText) {
    return new Failure('broken_text', failure.message);
  }
  if (failure instanceof Refused) {
    return new Failure(failure.refusal, await wordsOf(failure));
  }
  if (failure instanceof StoreError) {
    return failureOfStore(failure);
  }
  if (isNotLoaded(failure)) {
    return new Failure('unreachable', PART_MISSING);
  }
  if (isEngineError(failure)) {
    return new Failure(failure.code, failure.detail, failure.retryAfter);
  }
  fault(failure);
  return new Failure('internal', INTERNAL);
}

export function failureOfStore({ code, message }: StoreError): Failure {
  return new Failure(OF_STORE[code] ?? code, message);
}

/** What a person is told of a refusal; where the words can't be loaded now, its name. */
export async function wordsOf(refused: Refused): Promise<string> {
  try {
    const { inWords } = await import('../crypto/refusedWords');
    return inWords(refused);
  } catch {
    return refused.message;
  }
}

function isEngineError(failure: unknown): failure is EngineError {
  return failure instanceof Error && failure.name === 'EngineError' && 'code' in failure;
}

const UNUSABLE: Partial<Record<StoreFault, StorageFault>> = {
  missing: 'missing',
  blocked: 'blocked',
  newer: 'newer',
  damaged: 'damaged',
  full: 'full',
};

/** Why what is stored can't be opened. */
export function storageFault(failure: unknown): StorageFault {
  return (failure instanceof StoreError && UNUSABLE[failure.code]) || 'unopened';
}
