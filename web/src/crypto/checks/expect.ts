import { toHex } from '../bytes';
import { type Refusal, Refused } from '../refused';

/** What a check fails with: these run in Vitest and, without it, in a browser. */
export class CheckFailed extends Error {
  override name = 'CheckFailed';
}

/** Bytes are compared by their hex. */
export function same(what: string, actual: unknown, expected: unknown): void {
  const [is, ought] = [actual, expected].map((value) => JSON.stringify(shown(value)) ?? 'nothing');
  if (is !== ought) {
    throw new CheckFailed(`${what}: ${is?.slice(0, 400)} instead of ${ought?.slice(0, 400)}`);
  }
}

/** Fails where nothing is refused, or something else is thrown. */
export async function refusalBy(action: () => unknown): Promise<Refusal> {
  try {
    await action();
  } catch (failure) {
    if (failure instanceof Refused) {
      return failure.refusal;
    }
    throw failure;
  }
  throw new CheckFailed('Nothing was refused');
}

function shown(value: unknown): unknown {
  return value instanceof Uint8Array ? toHex(value) : value;
}
