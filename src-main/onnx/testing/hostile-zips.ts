import { zipOf } from '../../files/testing/zip-of.ts'
import { everythingModel } from './feature-models.ts'
import { buildModel } from './model-builder.ts'

/** A model with its weights, a bomb, and entries that lead out of the archive: names of one length, so that they can be overwritten. */
export async function hostileZips(): Promise<Uint8Array[]> {
  const model = Buffer.from(buildModel(everythingModel))
  const whole = await zipOf({ 'deep/model.onnx': model, 'deep/weights.bin': Buffer.alloc(8192, 7) })
  const bomb = await zipOf({ 'model.onnx': Buffer.alloc(100_000_000) })
  const slip = await zipOf({ 'aa/bb/model.onnx': model })
  const outside = Buffer.from(slip.toString('latin1').replaceAll('aa/bb/', '../../'), 'latin1')
  return [whole, bomb, outside]
}
