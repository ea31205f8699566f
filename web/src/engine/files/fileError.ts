import { StoreError } from '../../store/store';
import type { EngineError } from '../api';

/** A file can't be read, sent, fetched or kept; `detail` is for a person. */
export class FileError extends Error implements EngineError {
  override readonly name = 'EngineError';
  readonly code: string;

  constructor(code: string, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }

  get detail(): string {
    return this.message;
  }
}

/** What a person is told where a file can't be kept here; anything else as it is. */
export function withRoom(failure: unknown): unknown {
  return failure instanceof StoreError && failure.code === 'full'
    ? new FileError(
        'storage_full',
        'There is no room left to keep the file here. Make room, and try again.',
        { cause: failure },
      )
    : failure;
}

export function deleted(): FileError {
  return new FileError('not_found', 'The file was deleted meanwhile.');
}
