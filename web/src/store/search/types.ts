import type { Change } from '../store';

/** What is searched of a message. */
export interface SearchText {
  id: string;
  contactId: string;
  /** Milliseconds since 1970 of what "newest first" means; the same for an id for ever. */
  time: number;
  /** As it is shown, with the names of its files on lines of their own. */
  text: string;
}

/** A message of the search by what it takes to find it. */
export type SearchTarget = Pick<SearchText, 'id' | 'time'>;

export interface FindOptions {
  contactId?: string;
  /** The most ids of this answer. */
  limit: number;
  /** The former answer's, to go on from there. */
  next?: string;
  /** Milliseconds after which it answers with what it has; 200 where absent. */
  budget?: number;
}

export interface Found {
  /** Newest first. */
  ids: string[];
  /** Absent: there is no more. */
  next?: string;
  /** How much of everything has been looked through, 0 to 1. */
  progress: number;
}

/**
 * Full-text search over all that is stored: each word of the query is somewhere in the text, a
 * phrase in quotes as a whole; cases, diacritics and widths are the same. Where the words stand in
 * a text says `rangesIn`.
 *
 * Nothing is found late: a message's changes belong into the commit of the message itself.
 */
export interface Search {
  /** To be committed with the messages, new or of another text. Of the same ids the last counts. */
  changesFor(messages: readonly SearchText[]): Change[];
  /**
   * To be committed with the deletion of these messages, and of all of these conversations. Where
   * something else has changed the blocks meanwhile, that commit fails with `exists`, and nothing
   * is stored: ask again. A commit can hold one such answer, not two.
   */
  remove(targets: readonly SearchTarget[], contactIds?: readonly string[]): Promise<Change[]>;
  /** `remove` of one conversation. */
  removeConversation(contactId: string): Promise<Change[]>;
  /**
   * To be committed with each part of an import of many, in place of `changesFor`: has the next
   * search make everything anew. As `remove`, it may have to be asked again.
   */
  renew(): Promise<Change[]>;
  /** @throws SyntaxError for a `next` that is none */
  find(query: string, options: FindOptions): Promise<Found>;
  /** Makes blocks of what was written since the last time: call it at leisure, after 256 messages say. */
  fold(): Promise<void>;
  /** Makes everything anew out of the messages, at once. */
  rebuild(): Promise<void>;
}

/** All messages that are stored, a few hundred at a time, in any order. */
export type AllTexts = () => AsyncIterable<readonly SearchText[]>;
