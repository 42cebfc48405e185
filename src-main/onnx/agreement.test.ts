import { readFileSync } from 'node:fs'
import protobuf from 'protobufjs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Inspection } from '../../src-contract/contract/models/inspection.ts'
import { inspect } from './report/inspect.ts'
import { addModel, convolutionModel, everythingModel } from './testing/feature-models.ts'
import { normalMessage } from './testing/message-normal-form.ts'
import { expectedReport } from './testing/message-report.ts'
import { buildModel } from './testing/model-builder.ts'
import { normalModel } from './testing/normal-form.ts'
import { type ModelMessage, onnxSchema } from './testing/onnx-messages.ts'
import { memorySource } from './wire/byte-source.ts'

/** A general protobuf library with a schema of its own: it shares no code with the reader. */
const ModelProto = protobuf.parse(onnxSchema).root.lookupType('onnx.ModelProto')

function decodeIndependently(bytes: Uint8Array): ModelMessage {
  const message = ModelProto.toObject(ModelProto.decode(bytes), { longs: String, arrays: true, defaults: true })
  return z.custom<ModelMessage>().parse(message)
}

/** The report in the form of `expectedReport`: what that leaves out is named here, so that nothing new is left out unseen. */
function comparable(report: Inspection) {
  const { StructureSha256, Compute, Warnings, Runtime, ReadTime, BytesRead, ...rest } = report
  const values = (list: Inspection['Inputs']) => list.map(({ Option, Labels, ...value }) => value)
  const types = report.Parameters.ByType.map(({ ElementType, ...figures }) => [ElementType, figures])
  return {
    ...rest,
    Inputs: values(report.Inputs),
    Outputs: values(report.Outputs),
    Operators: Object.fromEntries(report.Operators.map((row) => [`${row.Domain} ${row.Type}`, row.Count])),
    Parameters: { ...report.Parameters, ByType: Object.fromEntries(types) },
    External: Object.fromEntries(report.External.map(({ Location, Bytes }) => [Location, Bytes])),
  }
}

const silero = (version: string) => readFileSync(`node_modules/@ricky0123/vad-web/dist/silero_vad_${version}.onnx`)

describe.each([
  ['the smallest model', buildModel(addModel)],
  ['a classifier', buildModel(convolutionModel)],
  ['everything that ONNX can hold', buildModel(everythingModel)],
  ['Silero, first version', silero('legacy')],
  ['Silero 5', silero('v5')],
  ['Silero 6', silero('v6')],
])('the reader and an independent decoder agree about %s', (_, bytes) => {
  const message = decodeIndependently(bytes)
  const { report, model } = inspect(memorySource(bytes))

  it('in every name, operator, edge, attribute, type, dimension, sub-graph and size', () => {
    expect(normalModel(model)).toEqual(normalMessage(message))
  })

  it('in everything that the report says', () => {
    expect(comparable(report)).toEqual(expectedReport(message, bytes.length))
  })

  it('in the structure digest of what the other one writes', () => {
    const rewritten = ModelProto.encode(ModelProto.decode(bytes)).finish()
    expect(inspect(memorySource(rewritten)).report.StructureSha256).toBe(report.StructureSha256)
  })
})
