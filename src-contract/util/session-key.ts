/** The header with the half of a browser's session that is in no cookie. */
export const SESSION_KEY_HEADER = 'Model-Cabinet-Key'
