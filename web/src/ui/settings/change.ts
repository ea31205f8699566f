import type { Chat, Settings } from '../../engine/api';
import { detailOf } from '../errors';
import { toast } from '../parts/Toast';

/** Changes settings at once; what can't be stored is said, and stays as it was. */
export function change(chat: Pick<Chat, 'changeSettings'>, changed: Partial<Settings>): void {
  chat.changeSettings(changed).catch((fault) => toast({ text: detailOf(fault), kind: 'error' }));
}
