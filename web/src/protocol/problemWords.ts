import { objectsIn, type Raw, type Schema, textIn } from './json';

/** What a person calls the fields that they fill in themselves. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['email', 'The address'],
  ['password', 'The password'],
  ['current_password', 'The current password'],
  ['new_password', 'The new password'],
  ['username', 'The username'],
  ['full_name', 'The full name'],
  // What is wrong with it goes on: "or the code is wrong, …".
  ['token', 'The link'],
]);

/**
 * The server's words, as sentences for a person where all that is wrong is in fields of theirs;
 * `undefined` where it says nothing.
 */
export function wordsOf(problem: Raw<Schema<'ValidationProblem'>>): string | undefined {
  const said = objectsIn<{ field: string; detail: string }>(problem.errors).map((error) => {
    const name = FIELDS.get(textIn(error, 'field') ?? '');
    const detail = textIn(error, 'detail');
    return name === undefined || detail === undefined ? undefined : `${name} ${detail}.`;
  });
  return said.length > 0 && said.every((it) => it !== undefined)
    ? said.join(' ')
    : textIn(problem, 'detail');
}
