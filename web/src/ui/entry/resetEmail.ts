import { signal } from '@preact/signals';

/** The address that a code was asked for, so that the next screen needn't ask for it again. */
export const askedFor = signal('');
