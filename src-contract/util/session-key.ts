/** The header with the half of a browser's session that is in no cookie. */
export const SESSION_KEY_HEADER = 'Model-Cabinet-Key'
/** Where pages of our own origin keep it, in `localStorage`. */
export const SESSION_KEY_PLACE = 'session-key'
