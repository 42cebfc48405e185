import { options, readOption } from '../../../src-contract/contract/functions/option.ts'
import { dimensionText, type Warning } from '../../../src-contract/contract/models/inspection.ts'
import { groupedNumber, plural } from '../../../src-contract/words/human-number.ts'
import { pastProtobuf } from '../../../src-contract/words/report-words.ts'
import type { Dimension, Graph, Model, Value } from '../decode/model.ts'
import { reportDimension } from '../decode/report-values.ts'
import { elementCount, type StoredTensor } from '../decode/stored-tensors.ts'
import { graphWarnings } from './graph-warnings.ts'
import type { ShapeConflict } from './shapes.ts'

/** The newest versions of ONNX 1.23 (docs/Versioning.md), which the reader knows whole. */
const newestIr = 14
const newestOpsets: Readonly<Record<string, number>> = {
  '': 28,
  'ai.onnx': 28,
  'ai.onnx.ml': 5,
  'ai.onnx.training': 1,
  'ai.onnx.preview': 1,
  'ai.onnx.preview.training': 1,
}

/** So many of one kind are listed by themselves; the rest is only counted. */
const mostOfOneCode = 20

/** What a person should know about a model that can be read, in plain words. */
export function findWarnings(
  model: Model,
  stored: readonly StoredTensor[],
  conflicts: readonly ShapeConflict[],
  fileSize: number,
): Warning[] {
  return limited([
    ...sizeWarnings(fileSize),
    ...versionWarnings(model),
    ...graphWarnings(model),
    ...valueWarnings(model.graph),
    ...conflicts.map(shapeConflict),
    ...tensorWarnings(stored),
  ])
}

function sizeWarnings(fileSize: number): Warning[] {
  const sentence = pastProtobuf(fileSize, 'neither ONNX Runtime nor other programs open it')
  return sentence === null ? [] : [warning('file-size', sentence, '')]
}

function versionWarnings(model: Model): Warning[] {
  const found: Warning[] = []
  if (model.irVersion === null)
    found.push(warning('ir-version', 'The model names no IR version, which ONNX requires.', ''))
  else if (model.irVersion > newestIr || model.irVersion < 1) {
    found.push(
      warning('ir-version', `IR version ${model.irVersion} is not known here; ${newestIr} is the newest that is.`, ''),
    )
  }
  if (model.opsets.length === 0 && Number(model.irVersion ?? 0) >= 3) {
    found.push(warning('opset', 'The model names no operator set, so the meaning of its operators is open.', ''))
  }
  const seen = new Set<string>()
  for (const { domain, version } of model.opsets) {
    const newest = Object.hasOwn(newestOpsets, domain) ? newestOpsets[domain] : undefined
    const shown = domain === '' ? 'ai.onnx' : domain
    if (newest !== undefined && version > newest) {
      found.push(
        warning('opset', `Operator set ${shown} ${version} is newer than ${newest}, the newest known here.`, shown),
      )
    }
    if (seen.has(shown)) found.push(warning('opset', `Operator set ${shown} is named more than once.`, shown))
    seen.add(shown)
  }
  if (model.unknownFields > 0) {
    found.push(
      warning(
        'unknown-field',
        `The file holds ${model.unknownFields} fields that no published ONNX version knows.`,
        '',
      ),
    )
  }
  return found
}

function valueWarnings(graph: Graph): Warning[] {
  const found: Warning[] = []
  for (const value of graph.inputs) checkValue(value, 'input', found)
  for (const value of graph.outputs) checkValue(value, 'output', found)
  const shapes = new Map(graph.initializers.map((tensor) => [tensor.name, tensor.dimensions]))
  for (const { name, type } of [...graph.inputs, ...graph.values]) {
    const stored = shapes.get(name)
    if (stored === undefined || type === null || !('shape' in type) || type.shape === null) continue
    const declared = type.shape
    const same =
      declared.length === stored.length && declared.every((size, axis) => isOpen(size) || size === stored[axis])
    if (!same) {
      found.push(
        warning(
          'shape-conflict',
          `“${name}” is declared as [${declared.map(shown).join(', ')}], but [${stored.join(', ')}] is stored.`,
          name,
        ),
      )
    }
  }
  return found
}

function shapeConflict({ name, stated, computed }: ShapeConflict): Warning {
  const [declared, made] = [stated, computed].map((shape) => `[${shape.map(shown).join(', ')}]`)
  return warning('shape-conflict', `“${name}” is declared as ${declared}, but its node makes ${made}.`, name)
}

function checkValue({ name, type }: Value, kind: 'input' | 'output', found: Warning[]): void {
  if (type === null) found.push(warning('no-type', `The ${kind} “${name}” has no type.`, name))
  else if ('elementType' in type && (type.elementType === 'unknown' || type.elementType === 'undefined')) {
    found.push(
      warning(
        'element-type',
        `The ${kind} “${name}” has element type ${type.elementCode}, which has no meaning in ONNX.`,
        name,
      ),
    )
  }
  const option = readOption(name)
  if (option === null) return
  if (option.problem !== null) {
    found.push(warning('name-convention', `The ${kind} “${name}” begins like an option, but ${option.problem}.`, name))
  }
  const { kind: expected, label } = options[option.name]
  // A plain word such as `scores` may well name something else.
  if (expected !== kind && name.includes('-')) {
    found.push(warning('name-convention', `The ${kind} “${name}” is named like the ${expected} option ${label}.`, name))
  }
}

function tensorWarnings(stored: readonly StoredTensor[]): Warning[] {
  const found: Warning[] = []
  for (const { name, scope, tensor, bytes, shape } of stored) {
    const where = scope === 'main' ? name : `${scope}: ${name}`
    if (tensor.elementType === 'unknown' || tensor.elementType === 'undefined') {
      found.push(
        warning(
          'element-type',
          `The tensor “${name}” has element type ${tensor.elementCode}, which has no meaning in ONNX.`,
          where,
        ),
      )
    } else if (elementCount(shape) === null) {
      found.push(warning('shape', `The tensor “${name}” has the impossible shape [${shape.join(', ')}].`, where))
    } else if (tensor.segment !== null) {
      const { begin, end } = tensor.segment
      const sentence = `The tensor “${name}” is stored as a segment: the file holds its values ${begin} to ${end} and not the others, so it cannot be used as it is.`
      found.push(warning('segment', sentence, where))
    } else if (tensor.storage === 'raw' && tensor.storedBytes !== bytes) {
      found.push(
        warning(
          'tensor-size',
          `The tensor “${name}” needs ${plural(bytes, 'byte')}, but ${groupedNumber(tensor.storedBytes)} are stored.`,
          where,
        ),
      )
    } else if (
      typeof tensor.external?.length === 'number' &&
      tensor.external.length >= 0 &&
      tensor.external.length !== bytes
    ) {
      const sentence = `The tensor “${name}” needs ${plural(bytes, 'byte')}, but names ${groupedNumber(tensor.external.length)} in ${tensor.external.location}.`
      found.push(warning('tensor-size', sentence, where))
    } else if (tensor.storage === 'none' && bytes > 0) {
      found.push(
        warning('tensor-size', `The tensor “${name}” needs ${plural(bytes, 'byte')}, but none are stored.`, where),
      )
    }
  }
  return found
}

function isOpen(size: unknown): boolean {
  return size === null || typeof size === 'string'
}

function shown(size: Dimension): string {
  return dimensionText(reportDimension(size))
}

function warning(Code: string, Message: string, Where: string): Warning {
  return { Code, Message, Where }
}

function limited(found: Warning[]): Warning[] {
  const counts = new Map<string, number>()
  const kept = found.filter(({ Code }) => {
    const count = (counts.get(Code) ?? 0) + 1
    counts.set(Code, count)
    return count <= mostOfOneCode
  })
  for (const [code, count] of counts) {
    if (count > mostOfOneCode) kept.push(warning(code, `${count - mostOfOneCode} more of the same kind.`, ''))
  }
  return kept
}
