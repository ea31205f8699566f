import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type axe from 'axe-core';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** Packed: it is read anew in each page, and is half as long without its comments. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The fixed now of the fake's data. */
export const NOW = Date.parse('2026-03-05T16:20:00Z');

export const WIDE = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };
export const SMALL = { width: 320, height: 568 };

/** Whether each screen is looked at in each light and width, and not in two looks that differ in both. */
export const EVERY_LOOK = process.env.SCREENS === 'all';

/** What went wrong on a page that nobody looked at: refused by the CSP, thrown, or fetched elsewhere. */
export interface Watched {
  readonly faults: string[];
}

export async function watch(page: Page, origin: string): Promise<Watched> {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['blob:', 'data:'].includes(url.protocol)) {
      faults.push(`fetched: ${request.url()}`);
    }
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await page.clock.setFixedTime(NOW);
  return { faults };
}

/** Nothing to find: every rule of axe, its best practices included. */
export async function expectAccessible(page: Page, what?: string): Promise<void> {
  if (await page.evaluate(() => !('axe' in window))) {
    await page.evaluate(AXE);
  }
  // Only what is wrong leaves the page: the rest of what axe says is as long as the page itself.
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run({
      resultTypes: ['violations'],
      selectors: false,
      preload: false,
    });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    );
  });
  expect.soft(found, what).toEqual([]);
}

/** All that was loaded is shown, and what moves has come to rest. */
export async function settle(page: Page): Promise<void> {
  await expect(page.locator('.loading')).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    const moving = document.getAnimations().filter((it) => {
      const end = it.effect?.getComputedTiming().endTime;
      return typeof end === 'number' && Number.isFinite(end);
    });
    await Promise.allSettled(moving.map((it) => it.finished));
    await new Promise(requestAnimationFrame);
  });
}
