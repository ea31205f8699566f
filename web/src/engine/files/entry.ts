import type { FileState } from '../api';

/** What is known of a message's file: what it is, how it is sealed, and how far it is. */
export interface FileEntry {
  about: About;
  sealed: Ciphertext;
  way: Way;
}

/** What it is. */
export interface About {
  name: string;
  type: string;
  /** Bytes of the file itself. */
  size: number;
  /** Pixels, both or neither. */
  width?: number;
  height?: number;
  /** A JPEG or a PNG. */
  thumbnail?: Uint8Array<ArrayBuffer>;
  blurhash?: string;
  /** SHA-256 of the file itself, in hexadecimal, where it was ever read here. */
  digest?: string;
}

/** How it is sealed. */
export interface Ciphertext {
  /** 32 bytes. */
  key: Uint8Array<ArrayBuffer>;
  /** Bytes of the sealed file. */
  size: number;
  /** Of the sealed file. */
  sha256: Uint8Array<ArrayBuffer>;
  /** SHA-256 of each part of 8 MiB; none of a file of somebody else's. */
  parts: Uint8Array<ArrayBuffer>[];
}

/** How far it is. */
export interface Way {
  state: FileState;
  /** The server's, once it has given one. */
  mediaId?: string;
  /** Bytes that the server has acknowledged. */
  done: number;
  /** When the server forgets it. */
  until?: number;
  /** Whether the server is still to be told that it may forget it. */
  deletionDue: boolean;
  /** Whether it was cancelled here: it is fetched only when somebody asks for it. */
  held?: boolean;
  /** Why it is gone. */
  fault?: string;
}

/** A file that is sealed, and to be a message's. */
export interface SealedFile {
  fileId: string;
  entry: FileEntry;
}

/** A file of a message. */
export interface KeptFile extends SealedFile {
  senderId: string;
  messageId: string;
  contactId: string;
  /** Its place in the message, from 1 on. */
  number: number;
}

/** What is still to be done for a file; the numbers are stored. */
export const DUE = { NOTHING: 0, UPLOAD: 1, FETCH: 2, DELETION: 3 } as const;
export type Due = (typeof DUE)[keyof typeof DUE];

export function dueOf(way: Way): Due {
  switch (way.state) {
    case 'waiting':
    case 'uploading':
      return DUE.UPLOAD;
    case 'on_server':
    case 'fetching':
      return DUE.FETCH;
    default:
      return way.deletionDue ? DUE.DELETION : DUE.NOTHING;
  }
}

/** Of a file that waits to be sent. */
export function waiting(): Way {
  return { state: 'waiting', done: 0, deletionDue: false };
}

/** Of a file that is nowhere any more. */
export function gone(way: Way, fault: string): Way {
  const { held: _, ...rest } = way;
  return { ...rest, state: 'gone', done: 0, deletionDue: false, fault };
}

/** Whether it can be read here. */
export function isHere(state: FileState): boolean {
  return state === 'waiting' || state === 'uploading' || state === 'sent' || state === 'here';
}
