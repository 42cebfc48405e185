import { watchParent } from '../../processes/child/parent-watch.ts'
import { spawnNode } from '../../processes/spawn/spawn-node.ts'
import { openCabinet } from '../open-cabinet.ts'
import { ada, modelBytes, patient, upload } from './test-cabinet.ts'

// Uploads into the data folder given as its argument, several at a time, until it is killed. Each acknowledged function is told to the
// parent; what was told must be there afterwards.
watchParent()
const [directory = '', start = '0'] = process.argv.slice(2)
const cabinet = await openCabinet({ dataDirectory: directory, spawn: spawnNode, settings: patient })
let seed = Number(start)

async function uploadForEver(): Promise<never> {
  for (;;) {
    const bytes = modelBytes(seed++)
    const bundle = await upload(cabinet, bytes, 'crash.onnx')
    // On a busy machine a reader may come up too late; what is refused is not acknowledged.
    const created = await cabinet.functions.create(ada, { Fields: { seed } }, { bundle }).catch(() => undefined)
    if (created) process.send?.({ uuid: created.body.UUID, sha256: bundle.sha256 })
  }
}

await Promise.all([uploadForEver(), uploadForEver(), uploadForEver(), uploadForEver()])
