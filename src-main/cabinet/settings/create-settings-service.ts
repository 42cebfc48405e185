import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { type SettingName, type SettingsEdit, SettingValues } from '../../../src-contract/contract/admin/settings.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { openSettingsFile } from './settings-file.ts'
import type { FixedSettings, MovablePort, SettingsService } from './settings-service.ts'

const switches: Record<SettingName, string> = {
  MaxUploadSize: '--max-upload',
  NetworkLinks: '--private-links',
  Port: '--port',
}

const labels: Record<SettingName, string> = {
  MaxUploadSize: 'the largest file',
  NetworkLinks: 'network links',
  Port: 'the port',
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

  const given = { MaxUploadSize: fixed.maxUploadSize, NetworkLinks: fixed.networkLinks, Port: fixed.port }
  const names = SettingValues.keyof().options
  const isFixed = (name: SettingName) => given[name] !== undefined

  const current: SettingsService['current'] = () => ({
    MaxUploadSize: given.MaxUploadSize ?? file.values.MaxUploadSize,
    NetworkLinks: given.NetworkLinks ?? file.values.NetworkLinks,
    Port: given.Port ?? file.values.Port,
    Url: movable?.url ?? null,
    Fixed: names.filter(isFixed).map((Name) => ({ Name, Switch: switches[Name] })),
    Warnings: [...file.warnings, ...(movable?.warning ? [movable.warning] : [])],
  })

  async function apply(by: string, edit: SettingsEdit) {
    const before = file.values
    const changed = names.filter((name) => edit[name] !== undefined && edit[name] !== before[name])
    const blocked = names.find((name) => isFixed(name) && edit[name] !== undefined && edit[name] !== current()[name])
    if (blocked) {
      const sentence = `This start has fixed ${labels[blocked]} by ${switches[blocked]}. Start without that switch to change it.`
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
