import { Uuid } from '../../../src-contract/identifiers.ts'

/** The tabs of a function's page, in the order of the keys 1, 2, 3 …; `path` is the operation without which one makes no sense. */
export const tabs = [
  { id: 'overview', label: 'Overview', needsModel: false },
  { id: 'signature', label: 'Signature', needsModel: true },
  { id: 'graph', label: 'Graph', needsModel: true, path: '/function/{uuid}/graph' },
  { id: 'contents', label: 'Contents', needsModel: true },
  { id: 'try', label: 'Try it', needsModel: true, path: '/function/{uuid}/run' },
  { id: 'compare', label: 'Compare', needsModel: true, path: '/function/{uuid}/compare/{other}' },
  { id: 'history', label: 'History', needsModel: false },
  { id: 'api', label: 'API', needsModel: false },
] as const

/** The tabs that make sense for a model, with what this cabinet can do. */
export function offeredTabs(hasModel: boolean, can: (path: string) => boolean) {
  return tabs.filter((tab) => (hasModel || !tab.needsModel) && (!('path' in tab) || can(tab.path)))
}

export type Tab = (typeof tabs)[number]['id']

/** What the address of a function's page holds: its tab, the model it is compared with, the part of the graph that is shown. */
export type FunctionSearch = { tab?: Tab; with?: string; scope?: string }

/** Takes from an address what makes sense. */
export function readFunctionSearch(raw: Record<string, unknown>): FunctionSearch {
  const tab = tabs.slice(1).find(({ id }) => id === raw.tab)?.id
  const other = Uuid.safeParse(raw.with)
  return {
    ...(tab && { tab }),
    ...(other.success && { with: other.data }),
    ...(typeof raw.scope === 'string' && raw.scope !== '' && { scope: raw.scope }),
  }
}
