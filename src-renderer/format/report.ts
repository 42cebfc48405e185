import { elementTypes } from '../../src-contract/element-type.ts'
import { shortCount } from '../../src-contract/human-number.ts'
import type { Inspection } from '../../src-contract/inspection.ts'

const DEFAULT_DOMAINS = new Set(['', 'ai.onnx'])

/** `opset 14`, and other domains by name: `opset 14, ai.onnx.ml 3`. */
export function opsetWords(report: Pick<Inspection, 'Opsets'>): string {
  const words = report.Opsets.map(({ Domain, Version }) =>
    DEFAULT_DOMAINS.has(Domain) ? `opset ${Version}` : `${Domain} ${Version}`,
  )
  return words.join(', ')
}

/** `pytorch 1.13 · IR 8 · opset 14`. */
export function madeBy(report: Pick<Inspection, 'Producer' | 'IrVersion' | 'Opsets'>): string {
  const { Name, Version } = report.Producer
  const producer = [Name, Version].filter((word) => word !== '').join(' ')
  return [producer, `IR ${report.IrVersion}`, opsetWords(report)].filter((part) => part !== '').join(' · ')
}

/** `2.7 M, all f32`, or the largest kinds where they differ. */
export function parametersWords(report: Pick<Inspection, 'Parameters'>): string {
  const { Count, ByType } = report.Parameters
  if (Count === 0) return 'none'
  const types = [...ByType].sort((left, right) => right.Count - left.Count)
  const [first] = types
  if (!first) return shortCount(Count)
  if (types.length === 1) return `${shortCount(Count)}, all ${elementTypes[first.ElementType].short}`
  const parts = types.slice(0, 3).map((type) => `${shortCount(type.Count)} ${elementTypes[type.ElementType].short}`)
  return `${shortCount(Count)}: ${parts.join(', ')}${types.length > 3 ? ', …' : ''}`
}
