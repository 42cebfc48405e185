/** Text without what steers a terminal: names in a model are anybody's, and must not move the cursor or set a title. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (character) => (character === '\n' ? character : '\u{fffd}'))
}
