import { isDeepStrictEqual } from 'node:util'
import type { Caller } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import {
  type NetworkLinks,
  type SettingName,
  type Settings,
  type SettingsEdit,
  SettingValues,
} from '../../../src-contract/contract/admin/settings.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { huggingFaceCache } from '../sources/hugging-face-cache.ts'
import { openSettingsFile } from './settings-file.ts'

/** What the switches of a start say: they win over the settings, which cannot change them. */
export type FixedSettings = {
  maxUploadSize?: number | undefined
  networkLinks?: NetworkLinks
  port?: number | undefined
}

/** The local port, as far as the settings move it. */
type MovablePort = {
  readonly url: string
  /** Why it is not the port that was set; null where all is well. */
  readonly warning: string | null
  /**
   * Opens another port beside the present one.
   * @param port null: the usual one, or a free one where that is taken
   * @returns null where the present port is as good
   * @throws Problem `conflict` where the port is taken; `forbidden` where the system does not give it
   */
  prepare(port: number | null): Promise<PreparedPort | null>
}

export type PreparedPort = {
  /** Makes the new port the one, and closes the old one when what it is answering is answered. */
  commit(): Promise<void>
  cancel(): Promise<void>
}

export type SettingsService = {
  /** What is in effect. */
  current(): Settings
  /**
   * Changes what is given; in effect and on disk when it returns.
   * @throws Problem `conflict` for what a switch has fixed and for a port that is taken; nothing is changed then
   */
  change(caller: Caller, edit: SettingsEdit): Promise<Settings>
  /** The port that was set, for whoever opens it; null for the usual one. */
  wishedPort(): number | null
  /** From now on a change of the port moves this one. */
  attachPort(port: MovablePort): void
}

/** Those that a switch of the start may fix. */
const switches: Partial<Record<SettingName, string>> = {
  MaxUploadSize: '--max-upload',
  NetworkLinks: '--private-links',
  Port: '--port',
}

const labels: Record<SettingName, string> = {
  MaxUploadSize: 'the largest file',
  NetworkLinks: 'network links',
  Port: 'the port',
  Proxy: 'the proxy',
  AllowedOrigins: 'the allowed origins',
  AllowedHosts: 'the allowed hosts',
}

/** Opens the settings of a data folder. */
export function createSettingsService(
  dataDirectory: string,
  fixed: FixedSettings,
  changeLog: ChangeLog,
): SettingsService {
  const file = openSettingsFile(dataDirectory)
  let movable: MovablePort | undefined
  let work: Promise<unknown> = Promise.resolve()

  const given: Partial<SettingValues> = {
    MaxUploadSize: fixed.maxUploadSize,
    NetworkLinks: fixed.networkLinks,
    Port: fixed.port,
  }
  const names = SettingValues.keyof().options
  const isFixed = (name: SettingName) => given[name] !== undefined

  const current: SettingsService['current'] = () => ({
    MaxUploadSize: given.MaxUploadSize ?? file.values.MaxUploadSize,
    NetworkLinks: given.NetworkLinks ?? file.values.NetworkLinks,
    Port: given.Port ?? file.values.Port,
    Proxy: file.values.Proxy,
    AllowedOrigins: file.values.AllowedOrigins,
    AllowedHosts: file.values.AllowedHosts,
    Url: movable?.url ?? null,
    HuggingFaceCache: huggingFaceCache(process.env),
    Fixed: names.filter(isFixed).map((Name) => ({ Name, Switch: switches[Name] ?? '' })),
    Warnings: [...file.warnings, ...(movable?.warning ? [movable.warning] : [])],
  })

  async function apply(by: string, edit: SettingsEdit) {
    const before = file.values
    const changed = names.filter((name) => edit[name] !== undefined && !isDeepStrictEqual(edit[name], before[name]))
    const blocked = names.find((name) => isFixed(name) && edit[name] !== undefined && edit[name] !== current()[name])
    if (blocked) {
      const sentence = `${switches[blocked]} fixes ${labels[blocked]} for this session. Start without it to change the setting.`
      throw new Problem('conflict', sentence, { field: blocked })
    }
    const free = changed.filter((name) => !isFixed(name))
    if (free.length === 0) return current()
    const after = { ...before, ...Object.fromEntries(free.map((name) => [name, edit[name]])) }
    const moved = free.includes('Port') ? await movable?.prepare(after.Port) : undefined
    try {
      await file.write(after)
    } catch (error) {
      await moved?.cancel()
      throw error
    }
    await moved?.commit()
    changeLog.change((record) =>
      record({
        kind: 'settings.changed',
        uuid: null,
        by,
        summary: `Changed ${free.map((name) => labels[name]).join(' and ')} in the settings`,
        change: free.map((name) => ({ Field: name, Before: before[name], After: after[name] })),
      }),
    )
    return current()
  }

  return {
    current,
    change({ name }, edit) {
      // One after the other: two changes at once would write each other's values back.
      const next = work.then(() => apply(name, edit))
      work = next.catch(() => {})
      return next
    },
    wishedPort: () => file.values.Port,
    attachPort(port) {
      movable = port
    },
  }
}
