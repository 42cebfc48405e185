import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { addModel, convolutionModel } from './feature-models.ts'
import { writeLargeModel } from './large-model.ts'
import { buildModel } from './model-builder.ts'

describe('models made for tests', () => {
  it('run in ONNX Runtime', async () => {
    const session = await InferenceSession.create(buildModel(addModel))
    const { y } = await session.run({ x: new Tensor('float32', [1, 2, 3], [1, 3]) })
    expect(y?.data).toEqual(Float32Array.of(2, 4, 6))
    await session.release()
  })

  it('run with convolutions and weights', async () => {
    const session = await InferenceSession.create(buildModel(convolutionModel))
    const outputs = await session.run({
      image: new Tensor('float32', new Float32Array(3 * 16 * 16).fill(0.5), [1, 3, 16, 16]),
    })
    expect(outputs['scores-0:Cat;1:Dog']?.dims).toEqual([1, 2])
    await session.release()
  })

  it('run when they are written piece by piece', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'large-'))
    const path = join(folder, 'large.onnx')
    writeLargeModel(path, { bytes: 1_000_000, nodes: 50 })
    const session = await InferenceSession.create(path)
    expect(session.inputNames).toEqual(['x'])
    await session.release()
    rmSync(folder, { recursive: true })
  })
})
