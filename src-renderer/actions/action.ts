import type { TablerIcon } from '@tabler/icons-react'
import type { UseNavigateResult } from '@tanstack/react-router'
import type { Theme } from '../../src-contract/contract/desktop/theme.ts'
import type { CatalogueItem } from '../../src-contract/contract/functions/catalogue.ts'
import type { FunctionDetail, FunctionItem } from '../../src-contract/contract/functions/function.ts'
import { groupedNumber } from '../../src-contract/words/human-number.ts'
import { sentenceOf } from '../lib/api/api-error.ts'
import type { Filters } from '../lib/api/queries.ts'
import { tellProblem } from '../lib/notices/notify.tsx'
import type { Tab } from '../lib/state/function-tabs.ts'
import type { Targets } from '../lib/state/targets.ts'

/** Where a key works: in the list, on a model's page, or on any screen. */
export type Place = 'list' | 'page' | 'anywhere'

/** The list that is shown. */
export type ShownList = { filters: Filters; total: number; capped: boolean }

/** A model as the window has read it: from a list, or with its files. */
type KnownModel = Pick<FunctionItem, 'UUID' | 'Name' | 'Status' | 'Starred' | 'Runs'> &
  Partial<Pick<FunctionDetail, 'Downloads'>>

/** The models that an action is for: those that are selected, else the current one; on a model's page that one. */
export type Models = {
  count: number
  /** There are more than could be counted. */
  capped: boolean
  /** Those of them that the window has read. */
  known: readonly KnownModel[]
  targets(): Promise<Targets>
}

export const oneModel = (model: KnownModel): Models => ({
  count: 1,
  capped: false,
  known: [model],
  targets: async () => [model.UUID],
})

export const noModels: Models = { count: 0, capped: false, known: [], targets: async () => [] }

/** What the screen shows. */
export type Subject = {
  place: 'list' | 'page'
  models: Models
  /** Forgets the selection, or leaves the page: done before the models go. */
  leave(): void
  list?: ShownList & {
    selected: number
    /** The model that keys act on; undefined before there is one. */
    current: { name: string | undefined; uuid(): Promise<string | undefined> } | undefined
    catalogue: Pick<CatalogueItem, 'UUID' | 'Name'> | undefined
  }
  page?: { tabs: readonly { id: Tab; label: string }[]; open(tab: Tab): void }
}

/** What an action acts on, and with. */
export type Context = Omit<Subject, 'place'> & {
  place: Place
  navigate: UseNavigateResult<string>
  back(): void
  forward(): void
  /** Whether the cabinet has the operation; a window may be attached to an older one. */
  can(path: string): boolean
  setTheme(theme: Theme): void
}

/** One thing that the window can be asked to do. Bar, menus, palette, native menu, key help and the keys are all made from these. */
export type Action = {
  readonly id: string
  readonly label: string | ((context: Context) => string)
  readonly icon: TablerIcon
  /** Its keys by where they work, as `Mod+I`: `Mod` is Ctrl, or Cmd on a Mac. */
  readonly keys?: Readonly<Partial<Record<Place, string>>>
  /** A key that the native menu alone takes. */
  readonly menuKey?: string | undefined
  readonly danger?: boolean
  /** Whether it makes sense now; without it, always. */
  readonly when?: (context: Context) => boolean
  readonly perform: (context: Context) => unknown
}

export const labelOf = ({ label }: Action, context: Context): string =>
  typeof label === 'string' ? label : label(context)

export const isOffered = ({ when }: Action, context: Context): boolean => when?.(context) ?? true

/** Performs an action and says what went wrong. */
export async function perform(action: Action, context: Context): Promise<void> {
  try {
    await action.perform(context)
  } catch (error) {
    tellProblem(`${labelOf(action, context).replace('…', '')} failed. ${sentenceOf(error)}`)
  }
}

/** *3*, or *more than 10,000*. */
export const countWords = ({ count, capped }: Models): string => `${capped ? 'more than ' : ''}${groupedNumber(count)}`
