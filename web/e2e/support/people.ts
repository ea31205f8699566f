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

  /** The same account in another browser, where nothing is stored and nobody is signed in yet. */
  async elsewhere(browser: Browser, url: string, watch: (page: Page) => void): Promise<Person> {
    const there = await Person.at(browser, url, this.name, watch);
    return Object.assign(there, { name: this.name, email: this.email });
  }

  /** With new keys, where the account's are in another browser. */
  async beginAnew(): Promise<void> {
    await this.page.getByRole('button', { name: 'Begin anew…' }).click();
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Begin anew/ })
      .click();
    await expect(this.conversations).toBeVisible();
  }

  async signOut(deleteStored: boolean): Promise<void> {
    await this.page.goto('/#/settings/leave');
    await this.page.getByRole('button', { name: 'Sign out…' }).click();
    const dialog = this.page.getByRole('dialog');
    if (deleteStored) {
      await dialog.getByRole('switch', { name: 'Delete what is stored here' }).click();
    }
    await dialog.getByRole('button', { name: /^Sign out/ }).click();
    await expect(this.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  }

  /** Leaves the settings for its lock open. */
  async setPassphrase(passphrase: string): Promise<void> {
    await this.page.goto('/#/settings/lock');
    await this.page.getByRole('button', { name: 'Set a passphrase' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('New passphrase', { exact: true }).fill(passphrase);
    await dialog.getByLabel('New passphrase again', { exact: true }).fill(passphrase);
    await dialog.getByRole('button', { name: 'Set it' }).click();
    await expect(dialog).toBeHidden();
  }

  async unlock(passphrase: string): Promise<void> {
    await this.page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await this.page.keyboard.press('Enter');
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

/** Somebody who has just made an account, at the program's list. */
export async function registered(
  browser: Browser,
  url: string,
  name: string,
  watch: (page: Page) => void,
): Promise<Person> {
  const person = await Person.at(browser, url, name, watch);
  await person.register();
  return person;
}

/** Two people who have each other as contacts, each with the conversation open. */
export async function acquainted(
  browser: Browser,
  url: string,
  watch: (page: Page) => void,
): Promise<[Person, Person]> {
  const [ann, ben] = await Promise.all([
    Person.at(browser, url, 'Ann', watch),
    Person.at(browser, url, 'Ben', watch),
  ]);
  // One after the other: on a busy machine a function's time ends before many passwords are hashed at once.
  await ann.register();
  await ben.register();
  await Promise.all([ann.add(ben), ben.add(ann)]);
  return [ann, ben];
}
