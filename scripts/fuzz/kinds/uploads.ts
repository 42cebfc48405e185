import { z } from 'zod'
import { openTestApi, withForm } from '../../../src-main/api/testing/test-api.ts'
import { filesBelow } from '../../../src-main/cabinet/testing/test-cabinet.ts'
import type { FuzzKind } from '../kind.ts'
import { mutateBytes } from '../mutate/bytes.ts'
import { mutateMessage } from '../mutate/protobuf.ts'
import { sampleModels } from '../sample.ts'
import { archiveMutator } from './archives.ts'

const Refusal = z.object({ Message: z.string().regex(/^\S.*\.$/s) })

/** Through the API of a whole cabinet, with its reader processes. What is taken is deleted again, so that the cabinet stays as it is. */
export const uploads: FuzzKind = {
  share: 0.005,
  isPure: false,
  async open() {
    const api = await openTestApi()
    const mutatedArchive = await archiveMutator()
    return {
      async attempt(random) {
        const model = random.pick(sampleModels)
        const form = random.below(3)
        const bytes =
          form === 0
            ? mutatedArchive(random)
            : form === 1
              ? mutateMessage(model, random)
              : mutateBytes(model, model, random)
        const file = { bytes: Uint8Array.from(bytes), name: 'mutant.onnx' }
        const { status, body } = await api.ask('/functions', withForm('POST', { file }))
        if (api.unexpected.length > 0) throw api.unexpected[0]
        const left = await filesBelow(api.cabinet.files.incoming)
        if (left.length > 0) throw new Error(`${left.join(', ')} was left behind.`)
        if (status === 200) {
          const { UUID } = z.object({ UUID: z.string() }).parse(body)
          api.cabinet.functions.remove({ name: 'Ada', scope: 'admin' }, UUID)
          return ['read']
        }
        Refusal.parse(body)
        if (status !== 422 && status !== 413) throw new Error(`It was answered with ${status}.`)
        return [String(status)]
      },
      close: () => api.remove(),
    }
  },
}
