import type { AttachedFile } from './attachedFile';
import type { Numbers } from './numbers';

export { encodeAgain } from './againForm';
export { decodeContent, encodePlain, encodeText } from './contentForm';

/** Where a message stands among those of its sender to its recipient. */
export interface StreamPlace {
  /** A random id: another begins, at 1, when the sender can't know which numbers were used. */
  readonly epoch: string;
  /** From 1, one higher each time. */
  readonly number: number;
}

/** A message that another is instead of, and where it stood, if it had a place. */
export interface Replaced {
  readonly messageId: string;
  readonly place?: StreamPlace | undefined;
}

/** A text as every program reads it. */
export interface PlainContent {
  readonly kind: 'plain';
  readonly text: string;
}

/** A text with what makes a gap, or a message that came in two forms, visible, and files. */
export interface TextContent {
  readonly kind: 'text';
  /** May be empty where there are files. */
  readonly text: string;
  readonly place: StreamPlace;
  /** Numbers of the same epoch that will never come. */
  readonly noMore: Numbers;
  /** Messages that this is instead of, oldest first. */
  readonly replaces: readonly Replaced[];
  /** When the text was written, where that isn't when it was sealed. */
  readonly written?: number | undefined;
  /** Each once, in the order in which they are shown. The media refs say the same of them. */
  readonly files: readonly AttachedFile[];
}

/** Asks for messages to be sealed again: by ids, by numbers, and all that were sent after one. */
export interface AgainContent {
  readonly kind: 'again';
  /** Why, for people: `unopened`, `missing`, `copy`, or another one. */
  readonly reason: string;
  readonly ids: readonly string[];
  readonly numbers?: { readonly epoch: string; readonly numbers: Numbers } | undefined;
  /** Later epochs included; after no place, all that has one. */
  readonly after?: { readonly place?: StreamPlace | undefined } | undefined;
}

/** What is inside a message. */
export type Content = PlainContent | TextContent | AgainContent;

/** How many there are at most: `noMore` and `spans` in spans. */
export const CONTENT_LIMITS = { files: 10, noMore: 32, replaces: 8, ids: 64, spans: 64 } as const;
