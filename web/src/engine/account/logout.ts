import type { Session } from '../../protocol/session';
import type { StoredAccount } from './storedAccount';

/**
 * Ends the session; here also where the server can't be told, for who signs out on a machine of
 * somebody else's may have no other moment. What is stored is for the caller to delete.
 *
 * @returns whether the server knows
 */
export async function logout(
  session: Pick<Session, 'logout'>,
  stored: Pick<StoredAccount, 'tokens'>,
): Promise<boolean> {
  try {
    await session.logout();
    return true;
  } catch (failure) {
    if (await stored.tokens()) {
      throw failure;
    }
    return false;
  }
}
