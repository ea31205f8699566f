import type { Link } from './link';

/**
 * Wakes a link when the network comes or goes. That there is none is no reason not to try: a
 * server on the same machine answers all the same.
 *
 * @returns ends that
 */
export function watchNetwork(target: EventTarget, link: Pick<Link, 'wake'>): () => void {
  const wake = () => link.wake();
  target.addEventListener('online', wake);
  target.addEventListener('offline', wake);
  return () => {
    target.removeEventListener('online', wake);
    target.removeEventListener('offline', wake);
  };
}
