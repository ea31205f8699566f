import { mlDsa } from './mlDsa';
import { mlKem } from './mlKem';

/** Has the post-quantum functions be there, which browsers without their own have to load. */
export async function loadPostQuantum(): Promise<void> {
  await Promise.all([mlKem(), mlDsa()]);
}
