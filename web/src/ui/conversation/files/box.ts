import type { MessageFile } from '../../../engine/api';

/** Kinds of pictures that a browser shows. SVG isn't among them: it is a document, not a picture. */
const SHOWN = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
]);

/** Pixels of the largest side in the list. */
const LARGEST = 320;
const LEAST = 96;

/** Whether it is shown as a picture; its sender says so, and how large it is. */
export function isPicture(file: MessageFile): boolean {
  return SHOWN.has(file.type) && isSide(file.width) && isSide(file.height);
}

/** The type that its bytes are given to the browser as: never one that it would run or render. */
export function safeType(type: string): string {
  return SHOWN.has(type) ? type : 'application/octet-stream';
}

/**
 * The box that a picture has in the list, in pixels: its own shape, but nothing endlessly high or
 * wide. Known before its bytes are here, so that nothing moves when they come.
 */
export function box(file: Pick<MessageFile, 'width' | 'height'>): {
  width: number;
  height: number;
} {
  const width = file.width ?? LARGEST;
  const height = file.height ?? LARGEST;
  const scale = Math.min(1, LARGEST / width, LARGEST / height);
  const scaled = (side: number) => Math.round(Math.max(LEAST, side * scale));
  return { width: scaled(width), height: scaled(height) };
}

function isSide(pixels: number | undefined): boolean {
  return pixels !== undefined && Number.isSafeInteger(pixels) && pixels > 0;
}
