/**
 * Texts as they are compared: NFKD, lower case, without marks that are added to letters (accents,
 * Arabic and Hebrew vowel points), without what can't be seen, white space as one space. Vowels of
 * Indic and Thai scripts and the Japanese voicing marks stay: they make other letters.
 */
export function normal(text: string): string {
  return text
    .normalize('NFKD')
    .replace(LEFT_OUT, '')
    .toLowerCase()
    .replace(SPECIAL, (letter) => FOLDED[letter] ?? letter)
    .replace(/\s+/gu, ' ');
}

/** Ranges of code points by Unicode 15; \p{Script=Inherited} are the marks of several scripts, and joiners. */
const LEFT_OUT =
  /(?![\u3099\u309a])[\p{Script=Inherited}\p{Default_Ignorable_Code_Point}\p{Surrogate}\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]/gu;

/** Letters that have no decomposition, and the final sigma that `toLowerCase` makes by context. */
const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  ς: 'σ',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
};
const SPECIAL = /[ßςłøđðħıæœ]/gu;
