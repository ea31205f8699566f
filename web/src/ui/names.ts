import type { Conversation } from '../engine/api';

type Named = Pick<Conversation, 'fullName' | 'username' | 'email'>;

/** What somebody is called on the screen: somebody removed may have left no name behind. */
export function nameOf(person: Named): string {
  return person.fullName.trim() || person.username.trim() || person.email || 'Unknown person';
}

/** Of two lower-case texts without their marks, so that `jose` finds José. */
export function foldName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .trim();
}
