/** Twelve groups of five digits; whatever they were written with. */
export function groups(digits: string): string[] {
  return digits.replace(/\D/g, '').match(/\d{1,5}/g) ?? [];
}

/** As a screen reader should say a group: digit by digit, not as a number. */
export function spoken(group: string): string {
  return [...group].join(' ');
}
