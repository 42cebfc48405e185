/** The tabs of a function's page, in the order of the keys 1, 2, 3 … */
export const tabs = [
  { id: 'overview', label: 'Overview' },
  { id: 'signature', label: 'Signature' },
  { id: 'contents', label: 'Contents' },
  { id: 'history', label: 'History' },
  { id: 'api', label: 'API' },
] as const

export type Tab = (typeof tabs)[number]['id']

/** The tab an address names; none for the first or for what is no tab. */
export function readTab(raw: unknown): Tab | undefined {
  return tabs.slice(1).find(({ id }) => id === raw)?.id
}
