import { member, type Raw, type Schema } from './json';
import { objectOf, type Rest } from './rest';
import type { Session } from './session';
import { type OwnProfile, profileIn } from './signIn';

/** One's own account as the server has it now. */
export interface Profile extends OwnProfile {
  /** Absent where the server sends no mail: then there is nothing to verify. */
  emailVerified: boolean | undefined;
}

export async function ownProfile(rest: Rest, session: Session): Promise<Profile> {
  const answer = await session.authorized((bearer) => rest.call('GET', '/users/me', { bearer }));
  return fullProfileIn(objectOf<Schema<'Profile'>>(answer));
}

export function fullProfileIn(answer: Raw<Schema<'Profile'>>): Profile {
  const verified = member(answer, 'email_verified');
  return {
    ...profileIn(answer),
    emailVerified: typeof verified === 'boolean' ? verified : undefined,
  };
}
