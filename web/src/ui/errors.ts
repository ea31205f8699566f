import type { EngineError } from '../engine/api';

/** Whether this is what a call of the engine fails with; it may come from another tab. */
export function isEngineError(error: unknown): error is EngineError {
  return (
    typeof error === 'object' &&
    error !== null &&
    'name' in error &&
    error.name === 'EngineError' &&
    'detail' in error &&
    typeof error.detail === 'string'
  );
}

export function codeOf(error: unknown): string {
  return isEngineError(error) ? error.code : 'internal';
}

/** One sentence for a person. */
export function detailOf(error: unknown): string {
  return isEngineError(error) && error.detail !== ''
    ? error.detail
    : 'Something went wrong in this program. Try again, or load the page anew.';
}
