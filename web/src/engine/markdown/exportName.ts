import { toHex } from '../../crypto';

/** What comes before the name in an export's last line. */
export const BEFORE = '<!-- end of export ';

const END = /^<!-- end of export ([0-9a-f]{16}) -->$/;

/**
 * What an export calls itself: no text of somebody's can know it.
 *
 * @param random what nobody can foresee
 */
export function drawName(texts: string[], random: (size: number) => Uint8Array): string {
  while (true) {
    const drawn = toHex(random(8));
    if (!texts.some((text) => text.includes(drawn))) {
      return drawn;
    }
  }
}

/** The last line of the export. */
export function endOf(exportName: string): string {
  return `${BEFORE}${exportName} -->`;
}

/** The export whose last line this is; undefined where it is another line. */
export function endedBy(bare: string): string | undefined {
  return END.exec(bare)?.[1];
}
