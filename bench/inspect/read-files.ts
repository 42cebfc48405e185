import { readFileSync } from 'node:fs'
import { inspectFile } from '../../src-main/command-line/testing/inspect-file.ts'
import { onnxSchema } from '../../src-main/onnx/testing/onnx-messages.ts'

/*
 * A child process of the inspect benchmark: reads files with one reader and sends back the times and the peak of its memory.
 * Arguments: the reader, the file that is read first, then the files that are measured together.
 */

type Reader = (path: string) => Promise<unknown>

const readers: Record<string, () => Promise<Reader>> = {
  bare: async () => async () => {},
  cabinet: async () => inspectFile,
  protobufjs: async () => {
    const { default: protobuf } = await import('protobufjs')
    const ModelProto = protobuf.parse(onnxSchema).root.lookupType('onnx.ModelProto')
    return async (path) => ModelProto.decode(readFileSync(path))
  },
  onnxruntime: async () => {
    const { InferenceSession } = await import('onnxruntime-node')
    return async (path) => (await InferenceSession.create(path)).release()
  },
}

const [name = '', warmUp = '', ...files] = process.argv.slice(2)
const read = await readers[name]?.()
if (read === undefined) throw new Error(`There is no reader ${name}.`)
const mostRounds = 10
const longestMilliseconds = 4000

async function timed(): Promise<number> {
  const started = performance.now()
  for (const file of files) await read?.(file)
  return performance.now() - started
}

const start = performance.now()
await read(warmUp)
const warmUpTime = performance.now() - start
const first = await timed()
const peakBytes = process.resourceUsage().maxRSS * 1024
const again: number[] = []
const end = performance.now() + longestMilliseconds
while (again.length < mostRounds && performance.now() < end) again.push(await timed())
process.stdout.write(JSON.stringify({ warmUp: warmUpTime, first, best: Math.min(...again), peakBytes }))
