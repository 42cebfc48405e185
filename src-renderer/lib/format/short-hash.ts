/** The ends of a UUID or digest, enough to tell two apart: 1a153a22…96dc. */
export const shortHash = (text: string): string => (text.length <= 14 ? text : `${text.slice(0, 8)}…${text.slice(-4)}`)
