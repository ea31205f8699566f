import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { expect } from './relay';

/** Whom one can write to: somebody at a browser, or at a terminal. */
export interface Other {
  readonly name: string;
  readonly email: string;
}

/** Somebody at a browser of their own. */
export class Person {
  readonly name: string;
  readonly email: string;
  readonly password = 'correct horse battery staple';
  readonly context: BrowserContext;
  page: Page;

  constructor(name: string, context: BrowserContext, page: Page) {
    const unique = randomBytes(4).toString('hex');
    this.name = `${name} ${unique}`;
    this.email = `${name.toLowerCase()}-${unique}@example.org`;
    this.context = context;
    this.page = page;
  }

  /** Opens the program at the relay, in a browser that knows nothing of it yet. */
  static async at(
    browser: Browser,
    url: string,
    name: string,
    watch: (page: Page) => void,
  ): Promise<Person> {
    const context = await browser.newContext({ baseURL: url });
    context.on('page', watch);
    const page = await context.newPage();
    await page.goto('/');
    return new Person(name, context, page);
  }

  async register(): Promise<void> {
    const { page } = this;
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('Full name').fill(this.name);
    await page.getByLabel('Username').fill(this.email.split('@')[0] ?? '');
    await page.getByLabel('Email').fill(this.email);
    await page.getByLabel('Password', { exact: true }).fill(this.password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(this.conversations).toBeVisible();
  }

  async signIn(password = this.password): Promise<void> {
    const { page } = this;
    await page.getByLabel('Email').fill(this.email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  get conversations(): Locator {
    return this.page.getByRole('navigation', { name: 'Conversations' });
  }

  async add(other: Other): Promise<void> {
    await this.conversations.getByRole('button', { name: 'Add a contact' }).first().click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('Email').fill(other.email);
    await dialog.getByLabel('Email').press('Enter');
    await expect(dialog).toBeHidden();
    await expect(this.messagesWith(other)).toBeAttached();
  }

  async open(other: Other): Promise<void> {
    await this.conversations.getByText(other.name).first().click();
    await expect(this.composerFor(other)).toBeVisible();
  }

  composerFor(other: Other): Locator {
    return this.page.getByLabel(`Message to ${other.name}`);
  }

  messagesWith(other: Other): Locator {
    return this.page.getByRole('region', { name: `Conversation with ${other.name}` });
  }

  /** A message of the open conversation, by its text. */
  message(text: string): Locator {
    return this.page
      .getByRole('list', { name: /^Messages with/ })
      .getByRole('listitem')
      .filter({ hasText: text });
  }

  async send(other: Other, text: string): Promise<void> {
    await this.composerFor(other).fill(text);
    await this.composerFor(other).press('Enter');
    await expect(this.message(text)).toHaveCount(1);
  }
}

/** Two people who have each other as contacts, each with the conversation open. */
export async function acquainted(
  browser: Browser,
  url: string,
  watch: (page: Page) => void,
): Promise<[Person, Person]> {
  const ann = await Person.at(browser, url, 'Ann', watch);
  const ben = await Person.at(browser, url, 'Ben', watch);
  await ann.register();
  await ben.register();
  await ann.add(ben);
  await ben.add(ann);
  return [ann, ben];
}
