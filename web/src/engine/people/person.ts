import type { Contact } from '../../protocol/relayApi';
import type { Row } from '../../store/store';

/** Somebody as the server last said; names and address may be empty, for who is no contact. */
export interface Person {
  userId: string;
  username: string;
  email: string;
  fullName: string;
  isContact: boolean;
  blocked: boolean;
  /** When they were added, or first seen. */
  since: number;
}

/** Somebody of whom only the id is known. */
export function strangerOf(userId: string, since: number): Person {
  return {
    userId,
    username: '',
    email: '',
    fullName: '',
    isContact: false,
    blocked: false,
    since,
  };
}

export function personOf(contact: Contact): Person {
  return {
    userId: contact.id,
    username: contact.username,
    email: contact.email,
    fullName: contact.fullName,
    isContact: true,
    blocked: contact.blocked,
    since: contact.created,
  };
}

export function rowOf(person: Person): Row {
  return { ...person };
}

export function personIn(row: Row): Person {
  return {
    userId: String(row.userId),
    username: String(row.username ?? ''),
    email: String(row.email ?? ''),
    fullName: String(row.fullName ?? ''),
    isContact: row.isContact === true,
    blocked: row.blocked === true,
    since: typeof row.since === 'number' ? row.since : 0,
  };
}

export function isSame(one: Person | undefined, other: Person): boolean {
  return (
    one !== undefined &&
    one.username === other.username &&
    one.email === other.email &&
    one.fullName === other.fullName &&
    one.isContact === other.isContact &&
    one.blocked === other.blocked &&
    one.since === other.since
  );
}
