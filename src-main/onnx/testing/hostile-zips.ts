import { ZipFile } from 'yazl'
import { everythingModel } from './feature-models.ts'
import { buildModel } from './model-builder.ts'

/** A model with its weights, a bomb, and entries that lead out of the archive: names of one length, so that they can be overwritten. */
export async function hostileZips(): Promise<Uint8Array[]> {
  const model = Buffer.from(buildModel(everythingModel))
  const whole = await zipOf([
    ['deep/model.onnx', model],
    ['deep/weights.bin', Buffer.alloc(8192, 7)],
  ])
  const bomb = await zipOf([['model.onnx', Buffer.alloc(100_000_000)]])
  const slip = await zipOf([['aa/bb/model.onnx', model]])
  const outside = Buffer.from(Buffer.from(slip).toString('latin1').replaceAll('aa/bb/', '../../'), 'latin1')
  return [whole, bomb, outside]
}

async function zipOf(entries: [name: string, bytes: Buffer][]): Promise<Uint8Array> {
  const zip = new ZipFile()
  for (const [name, bytes] of entries) zip.addBuffer(bytes, name)
  zip.end()
  const parts: Buffer[] = []
  for await (const part of zip.outputStream) parts.push(Buffer.from(part))
  return new Uint8Array(Buffer.concat(parts))
}
