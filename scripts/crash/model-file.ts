import { createHash } from 'node:crypto'
import { modelBytes } from '../../src-main/cabinet/testing/test-cabinet.ts'
import { varintBytes } from '../../src-main/onnx/testing/wire-writer.ts'

/** A small model that differs from all others, with bytes behind it in a field that readers of ONNX skip (protobuf field 1000). */
export function modelFile(number: number, padding = 0): Uint8Array<ArrayBuffer> {
  const header = padding === 0 ? [] : [varintBytes(1000 * 8 + 2), varintBytes(padding), Buffer.alloc(padding, number)]
  return Uint8Array.from(Buffer.concat([modelBytes(number), ...header]))
}

export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
