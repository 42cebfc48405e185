/** Text of a model as it may stand in a comment: on one line, for what follows on another would be code. */
export const inComment = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
