import { Uuid } from '../../../src-contract/util/identifiers.ts'

/**
 * The tabs of a function's page, in the order of the keys 1, 2, 3 …; `path` is the operation without which one makes no sense. What was
 * read from a file is known while the file is away too.
 */
export const tabs = [
  { id: 'overview', label: 'Overview', needs: 'nothing' },
  { id: 'signature', label: 'Signature', needs: 'report' },
  { id: 'graph', label: 'Graph', needs: 'file', path: '/function/{uuid}/graph' },
  { id: 'contents', label: 'Contents', needs: 'report' },
  { id: 'try', label: 'Try it', needs: 'file', path: '/function/{uuid}/run' },
  { id: 'compare', label: 'Compare', needs: 'file', path: '/function/{uuid}/compare/{other}' },
  { id: 'history', label: 'History', needs: 'nothing' },
  { id: 'api', label: 'API', needs: 'nothing' },
] as const

/** What there is of a model: no file yet, what was read from one, or that and the file itself. */
export type Held = 'nothing' | 'report' | 'file'

const held: readonly Held[] = ['nothing', 'report', 'file']

/** The tabs that make sense for what there is of a model, with what this cabinet can do. */
export function offeredTabs(has: Held, can: (path: string) => boolean) {
  return tabs.filter((tab) => held.indexOf(tab.needs) <= held.indexOf(has) && (!('path' in tab) || can(tab.path)))
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
