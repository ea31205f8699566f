/** How a picture lies in the window of the viewer: `x` and `y` from its middle, in pixels. */
export interface Zoom {
  scale: number;
  x: number;
  y: number;
}

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };

const LARGEST = 8;

interface Size {
  width: number;
  height: number;
}

/** Zoomed so that what is at a point, from the middle of the window, stays there. */
export function zoomed(zoom: Zoom, factor: number, at: { x: number; y: number }, fit: Size): Zoom {
  const scale = Math.max(1, Math.min(LARGEST, zoom.scale * factor));
  const grown = scale / zoom.scale;
  return within(
    { scale, x: at.x - (at.x - zoom.x) * grown, y: at.y - (at.y - zoom.y) * grown },
    fit,
  );
}

export function moved(zoom: Zoom, by: { x: number; y: number }, fit: Size): Zoom {
  return within({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, fit);
}

/** The picture can't be pushed away: its middle stays where some of it shows. */
function within({ scale, x, y }: Zoom, fit: Size): Zoom {
  const limit = (value: number, side: number) => {
    const most = ((scale - 1) * side) / 2;
    return Math.max(-most, Math.min(most, value)) || 0;
  };
  return { scale, x: limit(x, fit.width), y: limit(y, fit.height) };
}
