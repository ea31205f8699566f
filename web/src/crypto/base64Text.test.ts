import { expect, it } from 'vitest';
import { checkBase64 } from './checks/base64';

it('base64 is read in its canonical spelling alone', async () => {
  await expect(checkBase64()).resolves.toBeUndefined();
});
