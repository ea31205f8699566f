/** Line icons as in `icons.ts`, of what is loaded when it is first shown. */

export const bell = 'M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7M10 20.5a2.2 2.2 0 0 0 4 0';
export const block = 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M5.7 5.7l12.6 12.6';
export const camera =
  'M4 8h3.5l1.5-3h6l1.5 3H20v11H4zM12 10a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8';
export const chevronUp = 'm6 15 6-6 6 6';
export const copy = 'M9 9h11v11H9zM15 9V4H4v11h5';
export const device = 'M3 5h18v11H3zM9 20h6M12 16v4';
export const edit = 'M4 20h4L19.5 8.5l-4-4L4 16zM13 7l4 4';
export const file = 'M6 3h8l5 5v13H6zM14 3v5h5';
export const forward = 'M5 12h14M13 6l6 6-6 6';
export const image = 'M4 5h16v14H4zM4 16l4.5-4.5 4 4L15 13l5 5M15.5 8.5v.1';
export const leave = 'M10 4H4v16h6M9 12h12M17 8l4 4-4 4';
export const qr = 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v.1M14 20v.1M18 18h2v2';
export const sun =
  'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4';
export const trash = 'M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5';
export const unread = 'M20 11v8H4V6h9M18.5 3.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5';
export const upload = 'M12 16V5M7 9.5l5-5 5 5M4 20h16';
