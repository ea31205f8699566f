import { EVERY_LOOK, expectAccessible } from '../support/screens';
import { composer, expect, open, settled, test } from './support';

for (const theme of ['light', 'dark']) {
  for (const width of EVERY_LOOK ? [320, 1_000] : [theme === 'light' ? 320 : 1_000]) {
    test(`axe finds nothing (${theme}, ${width} px)`, async ({ page, screens }) => {
      await page.setViewportSize({ width, height: 760 });
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const check = async (what: string) => {
        await settled(page);
        await expectAccessible(page, what);
        expect
          .soft(await page.evaluate(() => document.documentElement.scrollWidth), what)
          .toBeLessThanOrEqual(width);
      };
      for (const scene of [
        'usual',
        'states',
        'hostile',
        'files',
        'unread',
        'notices',
        'downgraded',
        'held',
        'blocked',
        'stranger',
      ]) {
        await open(page, screens, `scene=${scene}&theme=${theme}&back`);
        await check(scene);
      }
      await open(page, screens, `scene=states&theme=${theme}`);
      await composer(page).fill(':hea');
      await composer(page).press('End');
      await composer(page).pressSequentially('r');
      await page.getByRole('option').first().waitFor();
      await check('emoji');
      await composer(page).fill('');
      await page.getByRole('button', { name: 'Find in this conversation' }).click();
      await page.getByRole('searchbox').fill('the');
      await page.locator('mark').first().waitFor();
      await check('find');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /contact$/ }).click();
      await page.getByRole('dialog').waitFor();
      await check('contact');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Safety number' }).click();
      await page.locator('.digits').waitFor();
      await check('verification');
      await page.keyboard.press('Escape');
      await page.locator('.conv-row').last().click({ button: 'right' });
      await page.getByRole('menu').waitFor();
      await check('menu');
      await page.getByRole('menuitem', { name: 'Security' }).click();
      await page.locator('.facts').waitFor();
      await check('security');
      await open(page, screens, `scene=files&theme=${theme}`);
      await page.locator('.conv-picture-open').first().click();
      await page.locator('.viewer img').waitFor();
      await check('viewer');
      await open(page, screens, `scene=states&theme=${theme}&search`);
      await page.getByRole('searchbox').fill('the');
      await page.locator('.search-hit').first().waitFor();
      await check('search');
    });
  }
}
