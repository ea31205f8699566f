/** Where a menu opens: at a point, or beside a box. In pixels of the window. */
export interface MenuPlace {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where the menu of a `contextmenu` event opens: the key for it has no pointer, but a focus. */
export function placeOf(event: MouseEvent & { currentTarget: Element }): MenuPlace {
  const { clientX, clientY } = event;
  if (event.button === 2 || clientX !== 0 || clientY !== 0) {
    return { left: clientX, right: clientX, top: clientY, bottom: clientY };
  }
  return event.currentTarget.getBoundingClientRect();
}
