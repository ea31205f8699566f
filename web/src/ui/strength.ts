/** How hard a password is to guess for who tries millions of likely ones, roughly. */
export interface Strength {
  /** 0 to 4. */
  level: 0 | 1 | 2 | 3 | 4;
  words: string;
}

/** The contract's least. */
export const LEAST_PASSWORD = 8;

/** What a guesser tries first; what is made of them is hardly better. */
const COMMON =
  '123456 password passwort qwerty qwertz azerty asdfgh zxcvbn abc123 letmein welcome monkey dragon iloveyou admin login master sunshine princess football baseball shadow superman batman trustno1 starwars hallo hello secret geheim changeme default whatever computer internet summer winter spring autumn quantchat test guest'.split(
    ' ',
  );

const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

const LEVELS: readonly Strength[] = [
  { level: 0, words: 'Too short: at least 8 characters.' },
  { level: 1, words: 'Weak: easily guessed. Add some unrelated words.' },
  { level: 2, words: 'Fair: could be guessed with effort. Longer is better.' },
  { level: 3, words: 'Good.' },
  { level: 4, words: 'Strong.' },
];

/** @param known what others know of the person: name, address */
export function strengthOf(password: string, known: readonly string[] = []): Strength {
  const level = levelOf(password.normalize('NFKC'), known);
  return LEVELS[level] ?? { level: 0, words: '' };
}

function levelOf(password: string, known: readonly string[]): number {
  if ([...password].length < LEAST_PASSWORD) {
    return 0;
  }
  const bits = bitsOf(password, known);
  return bits < 36 ? 1 : bits < 50 ? 2 : bits < 66 ? 3 : 4;
}

/** Of each character so many bits as its kind has, little for one that follows from the last. */
export function bitsOf(password: string, known: readonly string[] = []): number {
  const plain = password.toLowerCase();
  const weak = [...COMMON, ...known.flatMap(wordsOf)].filter((it) => plain.includes(it));
  // A word that is known counts as one guess of some thousand, not as its letters.
  let rest = plain;
  let bits = 0;
  for (const word of weak.sort((one, other) => other.length - one.length)) {
    if (rest.includes(word)) {
      rest = rest.split(word).join('\n');
      bits += 8;
    }
  }
  const perCharacter = Math.log2(poolOf(password));
  let last = '';
  let beforeLast = '';
  for (const character of rest) {
    if (character !== '\n') {
      bits += follows(beforeLast, last, character) ? 1 : Math.min(perCharacter, 4.5);
    }
    beforeLast = last;
    last = character;
  }
  // The same part again adds next to nothing.
  return isRepeated(plain) ? bits / 2 : bits;
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);
}

function poolOf(password: string): number {
  const kinds: [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[ -/:-@[-`{-~]/, 33],
    [/[^ -~]/, 100],
  ];
  return kinds.reduce((sum, [kind, size]) => sum + (kind.test(password) ? size : 0), 1);
}

function follows(beforeLast: string, last: string, next: string): boolean {
  if (last === next) {
    return true;
  }
  const row = beforeLast + last + next;
  return row.length === 3 && ROWS.some((it) => it.includes(row) || it.includes(reversed(row)));
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

function isRepeated(text: string): boolean {
  return text.length > 1 && (text + text).indexOf(text, 1) < text.length;
}
