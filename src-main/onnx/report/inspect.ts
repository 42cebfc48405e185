import { type Inspection, pendingRuntimeCheck } from '../../../src-contract/contract/models/inspection.ts'
import { type ExternalFiles, noExternalFiles } from '../decode/external-data.ts'
import type { Model } from '../decode/model.ts'
import { readModel } from '../decode/read-model.ts'
import { reportEntries, reportValue, wide } from '../decode/report-values.ts'
import { inferenceScopes, trainingScopeId, trainingScopes } from '../decode/scopes.ts'
import { type StoredTensor, storedTensors } from '../decode/stored-tensors.ts'
import type { ByteSource } from '../wire/byte-source.ts'
import { countCompute } from './compute.ts'
import { countEdges, countOperators, countParameters, isQuantized, isTraining, operatorList } from './contents.ts'
import { externalFiles } from './external-files.ts'
import { structureDigest } from './structure-digest.ts'
import { findWarnings } from './warnings.ts'

export type InspectOptions = {
  /** What sentences call the file. */
  fileName?: string
  /** Without it every external file is missing, as for a lone upload. */
  externalFiles?: Pick<ExternalFiles, 'find'>
}

/**
 * Describes an ONNX model from its structure alone: the time grows with the graph, not with the weights.
 * @throws {UnreadableModel} with a sentence for a person
 */
export function inspect(source: ByteSource, options: InspectOptions = {}): { report: Inspection; model: Model } {
  const started = performance.now()
  const model = readModel(source, options.fileName ?? 'The file')
  const report = reportOf(model, source.size, options.externalFiles ?? noExternalFiles)
  return {
    model,
    report: {
      ...report,
      BytesRead: source.bytesRead(),
      ReadTime: Math.round((performance.now() - started) * 1000) / 1000,
    },
  }
}

function reportOf(model: Model, fileSize: number, files: Pick<ExternalFiles, 'find'>): Inspection {
  const { graph } = model
  const scopes = inferenceScopes(model)
  const stored = storedTensors(scopes)
  const operators = countOperators(scopes)
  const { compute, conflicts } = countCompute(model, operators)
  const initialized = new Set(graph.initializers.map((tensor) => tensor.name))
  for (const { values } of graph.sparseInitializers) initialized.add(values.name)
  return {
    Format: 'onnx',
    FileSize: fileSize,
    FileSha256: null,
    StructureSha256: structureDigest(model),
    IrVersion: wide(model.irVersion ?? 0),
    Opsets: model.opsets.map(({ domain, version }) => ({ Domain: domain, Version: wide(version) })),
    Producer: { Name: model.producerName, Version: model.producerVersion },
    Domain: model.domain,
    ModelVersion: wide(model.modelVersion),
    Documentation: model.documentation,
    Metadata: reportEntries(model.metadata),
    Graph: {
      Name: graph.name,
      Documentation: graph.documentation,
      Nodes: graph.nodes.length,
      Edges: countEdges(model),
      SubGraphs: scopes.length - 1 - model.functions.length,
      AllNodes: scopes.reduce((sum, { nodes }) => sum + nodes.length, 0),
      Metadata: reportEntries(graph.metadata),
    },
    Inputs: graph.inputs.map((value) => reportValue(value, 'input', initialized)),
    Outputs: graph.outputs.map((value) => reportValue(value, 'output', initialized)),
    Operators: operatorList(operators),
    Functions: model.functions.map(({ domain, name, overload, nodes }) => ({
      Domain: domain,
      Name: name,
      Overload: overload,
      Nodes: nodes.length,
    })),
    Parameters: countParameters(stored),
    Initializers: stored.map(reportTensor).sort((a, b) => b.Bytes - a.Bytes),
    External: externalFiles([...stored, ...storedTensors(trainingScopes(model))], scopes, files),
    Quantized: isQuantized(model, operators),
    Training: isTraining(model, scopes),
    TrainingSteps: model.training.map((step, index) => ({
      Initialization: step.initialization && trainingScopeId(index, 'initialization'),
      Algorithm: step.algorithm && trainingScopeId(index, 'algorithm'),
      InitializationBindings: reportEntries(step.initializationBinding),
      UpdateBindings: reportEntries(step.updateBinding),
    })),
    Devices: model.devices.map(({ name, count, devices }) => ({ Name: name, Count: count, Devices: devices })),
    Compute: compute,
    Warnings: findWarnings(model, stored, conflicts, fileSize),
    Runtime: pendingRuntimeCheck,
    ReadTime: 0,
    BytesRead: 0,
  }
}

function reportTensor({ name, scope, kind, tensor, shape, bytes }: StoredTensor): Inspection['Initializers'][number] {
  return {
    Name: name,
    Scope: scope,
    Kind: kind,
    ElementType: tensor.elementType,
    Shape: shape.map(wide),
    Bytes: bytes,
    Location: tensor.external?.location ?? null,
    Sha256: null,
  }
}
