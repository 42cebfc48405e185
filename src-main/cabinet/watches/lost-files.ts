import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { lookAt } from '../../files/file-look.ts'
import type { Reference, ReferenceRepository } from '../../store/repositories/reference-repository.ts'
import type { Repositories } from '../../store/repositories/repositories.ts'
import type { FileStatus } from '../functions/file-status.ts'

const PAGE = 200

/** Files that functions use where they lie: flagged when they vanish, cleared when they are back. */
export type LostFiles = {
  /** Flags the functions that use the file at a path. */
  vanished(path: string): void
  /**
   * Looks at every file below a folder that a function uses.
   * @returns paths of the models of which a file is other bytes now, or is back: they are to be imported again
   */
  check(prefix: string, signal: AbortSignal): Promise<string[]>
  /** The models that name a file, by which they become whole or other ones. */
  modelsNaming(path: string): string[]
  /** The models in a file's folder, and in `onnx/` there, whose companion it may be. */
  modelsAround(path: string): string[]
}

export function createLostFiles(
  { functions }: Pick<Repositories, 'functions'>,
  references: ReferenceRepository,
  status: FileStatus,
): LostFiles {
  /** Whether a file is to be read again; flags it where it is gone. */
  async function look({ path, stamp, uuid }: Reference): Promise<'same' | 'other' | 'gone'> {
    const look = await lookAt(path)
    if (!look) {
      status.flag(uuid, path, 'lost')
      return 'gone'
    }
    return look.stamp === stamp && functions.find(uuid)?.item.Status !== 'error' ? 'same' : 'other'
  }

  return {
    modelsNaming: references.modelsNaming,
    modelsAround: (path) => [dirname(path), join(dirname(path), 'onnx')].flatMap(references.modelsIn),
    vanished(path) {
      for (const { uuid } of references.usesOf(path)) status.flag(uuid, path, 'lost')
    },
    async check(prefix, signal) {
      const changed: string[] = []
      for (let after = ''; ; ) {
        const page = references.below(prefix, after, PAGE)
        for (const reference of page) {
          if ((await look(reference)) === 'other') changed.push(reference.modelPath ?? reference.path)
          signal.throwIfAborted()
        }
        const last = page.at(-1)
        if (!last) return [...new Set(changed)]
        after = last.path
        await nextTurn()
      }
    },
  }
}
