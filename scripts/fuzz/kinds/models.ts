import { readFileSync } from 'node:fs'
import { GraphQuery } from '../../../src-contract/contract/models/graph.ts'
import { Inspection } from '../../../src-contract/contract/models/inspection.ts'
import { compareReports } from '../../../src-main/onnx/compare/compare.ts'
import { noExternalFiles } from '../../../src-main/onnx/decode/external-data.ts'
import { UnreadableModel } from '../../../src-main/onnx/decode/unreadable-model.ts'
import { readGraphPage } from '../../../src-main/onnx/graph/graph-page.ts'
import { inspect } from '../../../src-main/onnx/report/inspect.ts'
import { digestTensors } from '../../../src-main/onnx/tensors/digest-tensors.ts'
import { memorySource } from '../../../src-main/onnx/wire/byte-source.ts'
import { WireError } from '../../../src-main/onnx/wire/wire-error.ts'
import type { FuzzKind } from '../kind.ts'
import { mutateBytes } from '../mutate/bytes.ts'
import { mutateMessage } from '../mutate/protobuf.ts'
import { sampleModels } from '../sample.ts'

/** The share of damaged real models, which cost a hundred times a small one. */
const REAL = 0.002

export const models: FuzzKind = {
  share: 0.93,
  isPure: true,
  async open() {
    const real = ['legacy', 'v5', 'v6'].map((version) =>
      readFileSync(`node_modules/@ricky0123/vad-web/dist/silero_vad_${version}.onnx`),
    )
    return {
      async attempt(random) {
        const whole = random.pick(random.chance(REAL) ? real : sampleModels)
        return [
          await read(
            random.chance(0.7) ? mutateMessage(whole, random) : mutateBytes(whole, random.pick(sampleModels), random),
          ),
        ]
      },
      async close() {},
    }
  },
}

/** Puts bytes through everything that reads a model. A report that breaks the contract is an error too. */
async function read(bytes: Uint8Array): Promise<string> {
  try {
    const source = memorySource(bytes)
    const { report, model } = inspect(source, { fileName: 'mutant.onnx' })
    Inspection.parse(JSON.parse(JSON.stringify(report)))
    compareReports(report, report)
    readGraphPage(source, GraphQuery.parse({ Limit: 10 }))
    for await (const _ of digestTensors(source, model, noExternalFiles));
    return 'read'
  } catch (error) {
    if (error instanceof UnreadableModel) return error.code
    // A tensor's values may be damaged where the structure around them is whole.
    if (error instanceof WireError) return `values ${error.problem}`
    throw error
  }
}
