/** What a cabinet did not keep: something acknowledged is lost, something half is left, or it did not say what it must. */
export type Finding = { kind: 'lost' | 'half' | 'wrong'; sentence: string }

export const lost = (sentence: string): Finding => ({ kind: 'lost', sentence })
export const half = (sentence: string): Finding => ({ kind: 'half', sentence })
export const wrong = (sentence: string): Finding => ({ kind: 'wrong', sentence })
