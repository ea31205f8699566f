/**
 * Line icons, drawn on a grid of 24 with a stroke of 1.75. Each is the data of one path. Here are
 * those of the first screens.
 */

export const add = 'M12 5v14M5 12h14';
export const alert = 'M12 4 2.8 20h18.4zM12 10v4.5M12 17.4v.1';
export const archive = 'M4 8v11h16V8M3 4h18v4H3zM10 12h4';
export const attach =
  'm20 11-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.6 8.5a1.7 1.7 0 0 1-2.4-2.4l7.9-7.8';
export const back = 'M19 12H5M11 6l-6 6 6 6';
export const bellOff =
  'M3 3l18 18M8 5.5A6 6 0 0 1 18 10c0 1.6.2 2.8.5 3.7M16.5 17H4c0-1 2-2 2-7 0-.5.1-1 .2-1.5M10 20.5a2.2 2.2 0 0 0 4 0';
export const check = 'M5 12.5 10 17.5 19.5 7';
export const checks = 'M2 12.5 7 17.5 16.5 7M11 16.5l1 1L21.5 7';
export const chevronDown = 'm6 9 6 6 6-6';
export const clock = 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2';
export const close = 'M6 6l12 12M18 6 6 18';
export const download = 'M12 4v11M7 10.5l5 5 5-5M4 20h16';
export const eye =
  'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6';
export const eyeOff =
  'M3 3l18 18M9.5 5.8C10.3 5.6 11.1 5.5 12 5.5c6 0 9.5 6.5 9.5 6.5s-1 1.8-2.8 3.5M6 7.5C3.7 9.3 2.5 12 2.5 12S6 18.5 12 18.5c1.5 0 2.9-.4 4.1-1M10 10a3 3 0 0 0 4 4';
export const info = 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5.5M12 7.6v.1';
export const inbox = 'M4 13 6.5 5h11L20 13v6H4zM4 13h4.5a3.5 3.5 0 0 0 7 0H20';
export const key = 'M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8M11 12.2 20 4M16.5 7l3 3';
export const lock = 'M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3';
export const mail = 'M3 6h18v12H3zM3 7l9 7 9-7';
export const more =
  'M12 4.9a.6.6 0 1 0 0 1.2.6.6 0 0 0 0-1.2M12 11.4a.6.6 0 1 0 0 1.2.6.6 0 0 0 0-1.2M12 17.9a.6.6 0 1 0 0 1.2.6.6 0 0 0 0-1.2';
export const person = 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 20.5c1-4 4-5.5 8-5.5s7 1.5 8 5.5';
export const pin = 'M9 3h6l-.7 6.5 3.7 3.5v2H6v-2l3.7-3.5zM12 15v6';
export const retry =
  'M20 5v5h-5M4 19v-5h5M5.2 9.5A7.5 7.5 0 0 1 19 8.5L20 10M18.8 14.5A7.5 7.5 0 0 1 5 15.5L4 14';
export const search = 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 21 21';
export const send = 'M4 12 3 4l19 8-19 8zM4 12h8';
export const settings =
  'M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M8 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5';
export const shield = 'M12 3 4.5 6v5.5c0 5 3.2 8 7.5 9.5 4.3-1.5 7.5-4.5 7.5-9.5V6z';
export const shieldCheck = `${shield}M8.5 12l2.5 2.5 4.5-5`;
