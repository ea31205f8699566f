import { LEAST_PASSWORD } from '../strength';

/** What is wrong with which field, for a person. */
export type Faults<K extends string> = Partial<Record<K, string>>;

export interface Registration {
  fullName: string;
  username: string;
  email: string;
  password: string;
}

/** What can be seen here already; the server has the last word. */
export function registrationFaults(given: Registration): Faults<keyof Registration> {
  const email = emailFault(given.email);
  const password = passwordFault(given.password);
  return {
    ...(given.fullName.trim() === '' && { fullName: 'Enter your name, as others shall see it.' }),
    ...(given.username.trim() === '' && { username: 'Choose a username.' }),
    ...(email !== undefined && { email }),
    ...(password !== undefined && { password }),
  };
}

/** Only what is surely none: what an address may be, the server knows better. */
export function emailFault(email: string): string | undefined {
  return /^[^\s@]+@[^\s@]+$/u.test(email.trim())
    ? undefined
    : 'Enter an email address, like name@example.org.';
}

export function passwordFault(password: string): string | undefined {
  return [...password.normalize('NFKC')].length < LEAST_PASSWORD
    ? `Choose a password of at least ${LEAST_PASSWORD} characters.`
    : undefined;
}
