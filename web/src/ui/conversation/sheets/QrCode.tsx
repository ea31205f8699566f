import { useEffect, useRef } from 'preact/hooks';
import { squares } from './qrBytes';

const SCALE = 8;

/** A code to be scanned: dark on white whatever the theme, for cameras. */
export function QrCode({ bytes, label }: { bytes: Uint8Array; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const rows = squares(bytes);
  const side = rows.length * SCALE;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, side, side);
    context.fillStyle = '#000';
    rows.forEach((row, y) => {
      row.forEach((dark, x) => {
        if (dark) context.fillRect(x * SCALE, y * SCALE, SCALE, SCALE);
      });
    });
  }, [bytes]);
  return (
    <canvas ref={canvas} class="qr" width={side} height={side} role="img" aria-label={label} />
  );
}
