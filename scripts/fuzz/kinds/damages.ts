import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FuzzKind } from '../kind.ts'
import { contentOf } from '../look/content-of.ts'
import { lookAtDamaged } from '../look/look-at-damaged.ts'
import { damageFolder } from '../mutate/damage-folder.ts'
import { sampleFolders } from '../sample.ts'

/** Databases of a cabinet, or their logs, that are damaged: it opens or says why not, says what is lost, and keeps the rest. */
export const damages: FuzzKind = {
  share: 0.001,
  isPure: false,
  async open(folder) {
    const samples = await sampleFolders(folder)
    const whole = contentOf(samples[0])
    const work = join(folder, 'work')
    return {
      async attempt(random) {
        const [data, copy] = [join(work, 'data'), join(work, 'copy')]
        try {
          await mkdir(work)
          await cp(random.pick(samples), data, { recursive: true })
          const isLog = damageFolder(data, random)
          await cp(data, copy, { recursive: true })
          const content = contentOf(copy)
          return [await lookAtDamaged(data, join(work, 'backup'), { whole: isLog ? content : whole, content })]
        } finally {
          await rm(work, { recursive: true })
        }
      },
      async close() {},
    }
  },
}
