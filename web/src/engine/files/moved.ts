import type { KeptFile } from './entry';

/** Is told how far files are: a file, and the bytes of it that have moved, those before included. */
export type Moved = (file: KeptFile, bytes: number) => void;
