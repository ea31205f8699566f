import type { Change } from '../../store/store';
import type { Attachment, MessageFile } from '../api';
import type { KeptFile, SealedFile } from './entry';

/**
 * Files of messages, as the rest of the engine knows them.
 *
 * Whoever commits asks for changes and puts them into its own commit: these methods read the store
 * and must be called where nothing else commits meanwhile, which is inside of the engine's queue.
 * The others take their turn in the queue by themselves, and must be called outside of it.
 */
export interface Transfers {
  // ---- outside of the queue

  /**
   * Seals files of one message, without metadata unless it is to be kept. They are on the disk when
   * this returns, and swept when the store is opened the next time, unless {@link added} was
   * committed. A name that can't be sent, a file that can't be read or is too large, no room, and
   * metadata that can't be removed are an EngineError, and leave nothing.
   */
  seal(attachments: Attachment[]): Promise<SealedFile[]>;

  /** They won't have a message. */
  drop(files: SealedFile[]): Promise<void>;

  /** Deletes what a program that died was sealing; once, before all else. */
  sweep(): Promise<void>;

  /** From now on, what is due is done by itself: up before its message goes out, down what is not large. */
  start(): void;

  /** What is on its way ends, and goes on from there at the next start. */
  stop(): void;

  /** Something may be due: a message was stored, or the connection is back. */
  wake(): void;

  /** The bytes of a file; fetches it where it isn't here. */
  open(senderId: string, messageId: string, number: number): Promise<Blob>;

  /**
   * Ends an upload, which its message fails of ({@link Outgoing.refused}), or a download, which
   * then goes on only when somebody asks for it. What is through already stays.
   */
  cancel(senderId: string, messageId: string, number: number): Promise<void>;

  // ---- inside of the queue

  /** A message's files, in the place of what there was of that id. */
  added(
    of: { senderId: string; messageId: string; contactId: string },
    files: SealedFile[],
  ): Promise<Change[]>;

  /** A message's files as they are shown; none for a message without. */
  shown(senderId: string, messageId: string): Promise<MessageFile[]>;

  /** What an export says of a message's files: names, types, sizes, hashes. */
  archived(senderId: string, messageId: string): Promise<ArchivedFile[]>;

  /**
   * A message's files for sealing it, or undefined while not all are on the server: then
   * {@link Outgoing.ready} comes. What the server forgets before `least` goes up anew.
   */
  whenUp(senderId: string, messageId: string, least: number): Promise<KeptFile[] | undefined>;

  /** With its message all of a file is deleted. */
  deletion(senderId: string, messageId: string): Promise<Change[]>;
  deletionOfConversation(contactId: string): Promise<Change[]>;

  /**
   * A message goes out again under a new id. Where it may have been fetched, and so deleted on the
   * server, its files go up anew.
   */
  reissued(senderId: string, oldId: string, newId: string, mayHaveLeft: boolean): Promise<Change[]>;
}

/** What an export says of a file. */
export interface ArchivedFile {
  name: string;
  type: string;
  size: number;
  /** Of the file itself, in hexadecimal, where it was ever read here. */
  sha256?: string;
}

/** What is to be done about messages whose files went up, or don't; called outside of the queue. */
export interface Outgoing {
  /** Whether a message waits in the outbox: others' files don't go up. */
  waits(messageId: string): Promise<boolean>;

  /** Whether a contact's program takes files; their bundle is fetched where it isn't known. */
  takesFiles(contactId: string): Promise<boolean>;

  /** All files of a message are on the server. */
  ready(messageId: string): void;

  /** A message can't be sent; `reason` is for a person. */
  refused(messageId: string, reason: string): Promise<void>;
}
