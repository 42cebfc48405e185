import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Random } from '../../../bench/data/random.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import { ada, filesBelow } from '../../../src-main/cabinet/testing/test-cabinet.ts'
import type { FuzzKind } from '../kind.ts'
import { mutateBytes } from '../mutate/bytes.ts'
import { mutateJson } from '../mutate/json.ts'
import { openCabinetFor } from '../open-cabinet-for.ts'
import { sampleCabinet } from '../sample.ts'
import { writeMutant } from './databases.ts'

/** Damaged backups, restored into a whole cabinet. */
export const restores: FuzzKind = {
  share: 0.001,
  isPure: false,
  async open(folder) {
    const { backup } = await sampleCabinet()
    const { cabinet, ended, close } = await openCabinetFor(folder)
    const copy = join(folder, 'copy')
    return {
      async attempt(random) {
        for (const [path, bytes] of backup) {
          await mkdir(dirname(join(copy, path)), { recursive: true })
          await writeFile(join(copy, path), bytes)
        }
        await damage(copy, random)
        try {
          const { State } = await ended((cabinet) => cabinet.jobs.startRestore(ada, { Path: copy }))
          const left = await filesBelow(cabinet.files.incoming)
          if (left.length > 0) throw new Error(`${left.join(', ')} was left behind.`)
          return [State === 'done' ? 'read' : State]
        } catch (error) {
          if (error instanceof Problem && error.code === 'invalid') return ['refused at once']
          throw error
        } finally {
          await rm(copy, { recursive: true })
        }
      },
      close,
    }
  },
}

async function damage(folder: string, random: Random): Promise<void> {
  const manifest = join(folder, 'manifest.json')
  const text = await readFile(manifest, 'utf8')
  const form = random.below(10)
  if (form === 0) return writeFile(manifest, mutateBytes(Buffer.from(text), Buffer.from(text), random))
  if (form < 3) return writeFile(manifest, mutateJson(text, random))
  if (form < 4) {
    const file = random.pick(await filesBelow(join(folder, 'files')))
    const bytes = await readFile(file)
    return writeFile(file, mutateBytes(bytes, bytes, random))
  }
  // With its digest right again, as whoever means harm writes it.
  const database = join(folder, 'cabinet.db')
  await writeMutant(database, await readFile(database), random)
  const bytes = await readFile(database)
  const Database = { Sha256: createHash('sha256').update(bytes).digest('hex'), Size: bytes.length }
  await writeFile(manifest, JSON.stringify({ ...JSON.parse(text), Database }))
}
