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

/** What stands for a refusal where there is none. */
const NOTHING = 'Nothing was refused';

/** Fails where something else is thrown. */
export async function refusalBy(action: () => unknown): Promise<Refusal | typeof NOTHING> {
  try {
    await action();
  } catch (failure) {
    if (failure instanceof Refused) {
      return failure.refusal;
    }
    throw failure;
  }
  return NOTHING;
}

function shown(value: unknown): unknown {
  return value instanceof Uint8Array ? toHex(value) : value;
}
