import { spawnNode } from '../../../processes/spawn/spawn-node.ts'
import { openCabinet } from '../../open-cabinet.ts'
import { patient } from '../../testing/test-cabinet.ts'

// Imports a folder into a cabinet, to be killed in the middle: `import-folder.ts DATA FOLDER`. Says when the first models are there.

const [dataDirectory = '', folder = ''] = process.argv.slice(2)
const cabinet = await openCabinet({ dataDirectory, spawn: spawnNode, settings: patient })
cabinet.events.subscribe(({ Kind }) => {
  if (Kind === 'function.created') process.stdout.write('imported\n')
})
cabinet.jobs.startImport({ name: 'Ada', scope: 'admin' }, { Paths: [folder], Mode: 'copy', Recursive: true })
