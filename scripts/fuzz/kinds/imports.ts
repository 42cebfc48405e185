import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ImportRequest } from '../../../src-contract/contract/admin/admin.ts'
import { ada, filesBelow } from '../../../src-main/cabinet/testing/test-cabinet.ts'
import type { FuzzKind } from '../kind.ts'
import { mutateMessage } from '../mutate/protobuf.ts'
import { openCabinetFor } from '../open-cabinet-for.ts'
import { sampleModels } from '../sample.ts'
import { archiveMutator } from './archives.ts'
import { exportMutator } from './exports.ts'

const AT_ONCE = 24
const Counts = z.object({ Imported: z.int(), Present: z.int(), Changed: z.int(), Trashed: z.int(), Refused: z.int() })

/** A folder of damaged models, archives and exports at a time, imported into a whole cabinet. */
export const imports: FuzzKind = {
  share: 0.003,
  isPure: false,
  async open(folder) {
    const given = join(folder, 'given')
    const { cabinet, ended, close } = await openCabinetFor(folder)
    const archive = await archiveMutator()
    const exported = await exportMutator()
    return {
      atOnce: AT_ONCE,
      async attempt(random) {
        await mkdir(given)
        for (let number = 0; number < AT_ONCE; number++) {
          const form = number % 3
          const bytes =
            form === 0
              ? mutateMessage(random.pick(sampleModels), random)
              : await (form === 1 ? archive : exported)(random)
          await writeFile(join(given, `${number}.${form === 0 ? 'onnx' : 'zip'}`), bytes)
        }
        const request = ImportRequest.parse({ Paths: [given] })
        const { State, Result, Message } = await ended((cabinet) => cabinet.jobs.startImport(ada, request))
        if (State !== 'done') throw new Error(`The import ended as ${State}: ${Message}`)
        const left = await filesBelow(cabinet.files.incoming)
        if (left.length > 0) throw new Error(`${left.join(', ')} was left behind.`)
        await rm(given, { recursive: true })
        const { Refused } = Counts.parse(Result)
        const refused = Math.min(Refused, AT_ONCE)
        return [...Array<string>(refused).fill('refused'), ...Array<string>(AT_ONCE - refused).fill('read')]
      },
      close,
    }
  },
}
