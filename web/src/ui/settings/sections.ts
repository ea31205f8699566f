import * as icons from '../parts/icons';
import * as moreIcons from '../parts/moreIcons';

export const SECTIONS = [
  { name: 'account', title: 'Account', icon: icons.person, note: 'Name, address, password' },
  { name: 'privacy', title: 'Privacy', icon: icons.eye, note: 'Receipts, typing, blocked people' },
  { name: 'notifications', title: 'Notifications', icon: moreIcons.bell, note: 'What they say' },
  { name: 'appearance', title: 'Appearance', icon: moreIcons.sun, note: 'Theme, text size, Enter' },
  {
    name: 'lock',
    title: 'Lock and keys',
    icon: icons.lock,
    note: 'Passphrase, time-out, new keys',
  },
  { name: 'sessions', title: 'Sessions', icon: moreIcons.device, note: 'Where you are signed in' },
  { name: 'data', title: 'Your data', icon: icons.download, note: 'Account file, export, storage' },
  { name: 'refused', title: 'Refused messages', icon: icons.shield, note: 'What was not let in' },
  { name: 'about', title: 'About', icon: icons.info, note: 'What protects what, build' },
  { name: 'leave', title: 'Leave', icon: moreIcons.leave, note: 'Sign out, delete account' },
] as const;

export type SectionName = (typeof SECTIONS)[number]['name'];
