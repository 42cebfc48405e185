import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inspect } from '../report/inspect.ts'
import { everythingModel } from '../testing/feature-models.ts'
import { writeLargeModel } from '../testing/large-model.ts'
import { buildModel } from '../testing/model-builder.ts'
import { fileSource, memorySource, NotAFile, SourceShrank, sliceSource } from './byte-source.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'byte-source-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a file as a source of bytes', () => {
  it('refuses folders and pipes instead of waiting for them', () => {
    expect(() => fileSource(folder)).toThrow(NotAFile)
    if (process.platform === 'win32') return
    execFileSync('mkfifo', [join(folder, 'pipe')])
    expect(() => fileSource(join(folder, 'pipe'))).toThrow(NotAFile)
  })

  it('notices that the file became shorter, and the reader says so', () => {
    const path = join(folder, 'shrinking.onnx')
    writeFileSync(path, buildModel(everythingModel))
    const source = fileSource(path)
    truncateSync(path, 100)
    expect(() => source.read(0, source.size)).toThrow(SourceShrank)
    expect(() => inspect(source, { fileName: 'shrinking.onnx' })).toThrow(
      'shrinking.onnx became shorter while it was being read.',
    )
    source.close()
  })

  it('is the same as memory and as a slice of something larger', () => {
    const bytes = buildModel(everythingModel)
    const path = join(folder, 'padded')
    writeFileSync(path, Buffer.concat([Buffer.alloc(10, 255), bytes, Buffer.alloc(10, 255)]))
    const file = fileSource(path)
    const fromSlice = inspect(sliceSource(file, 10, bytes.length)).report
    file.close()
    const fromMemory = inspect(memorySource(bytes)).report
    const timeless = { ReadTime: 0, BytesRead: 0 }
    expect({ ...fromSlice, ...timeless }).toEqual({ ...fromMemory, ...timeless })
  })

  it('costs what the structure takes, not what the weights take', () => {
    const cost = [20_000_000, 60_000_000].map((bytes) => {
      const path = join(folder, 'large.onnx')
      writeLargeModel(path, { bytes, nodes: 200 })
      const source = fileSource(path)
      const { report } = inspect(source)
      source.close()
      expect(report.FileSize).toBeGreaterThan(bytes * 0.8)
      return report.BytesRead
    })
    expect(Math.max(...cost)).toBeLessThan(300_000)
  })
})
