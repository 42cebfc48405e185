import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../src-contract/contract/admin/problem.ts'
import { inspectFile } from '../command-line/testing/inspect-file.ts'
import { zipOf } from '../files/testing/zip-of.ts'
import { UnreadableModel } from './decode/unreadable-model.ts'
import { addModel, convolutionModel, everythingModel } from './testing/feature-models.ts'
import { buildModel } from './testing/model-builder.ts'
import { mutate, seededRandom } from './testing/mutate.ts'
import { survive } from './testing/survive.ts'

const small = [addModel, convolutionModel, everythingModel, everythingModel].map(buildModel)

describe('damaged files', () => {
  it('are read or refused in words, never anything else', async () => {
    const random = seededRandom(20_260_911)
    const outcomes = new Map<string, number>()
    for (let index = 0; index < 4000; index++) {
      const { bytes, what } = mutate(small, random)
      const outcome = await survive(bytes).catch((error: unknown) => {
        throw new Error(`mutation ${index} (${what}) ended in another error`, { cause: error })
      })
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    // The run is worth something only where it reached every kind of end.
    expect([...outcomes.keys()]).toEqual(
      expect.arrayContaining(['read', 'truncated', 'damaged', 'not-onnx', 'too-deep', 'no-graph']),
    )
  })

  it('are so too where they are real models', async () => {
    const random = seededRandom(6)
    const models = ['legacy', 'v5'].map((version) =>
      readFileSync(`node_modules/@ricky0123/vad-web/dist/silero_vad_${version}.onnx`),
    )
    for (let index = 0; index < 60; index++) await survive(mutate(models, random).bytes)
  })

  it('are so too where they are zips', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mutants-'))
    const path = join(folder, 'mutant.zip')
    const random = seededRandom(7)
    const files = { 'deep/model.onnx': buildModel(everythingModel), 'deep/weights.bin': Buffer.alloc(8192, 7) }
    const zips = [await zipOf(files, { compress: true }), await zipOf(files, { compress: false })]
    const outcomes = new Set<string>()
    for (let index = 0; index < 400; index++) {
      const { bytes, what } = mutate(zips, random)
      writeFileSync(path, bytes)
      try {
        await inspectFile(path)
        outcomes.add('read')
      } catch (error) {
        if (!(error instanceof UnreadableModel || error instanceof Problem))
          throw new Error(`zip ${index} (${what}) ended in another error`, { cause: error })
        outcomes.add(error.code)
      }
    }
    rmSync(folder, { recursive: true })
    expect([...outcomes]).toEqual(expect.arrayContaining(['read', 'invalid']))
  })
})
