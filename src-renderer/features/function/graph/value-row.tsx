import { elementTypeInfo } from '../../../../src-contract/contract/models/element-type.ts'
import type { Initializer } from '../../../../src-contract/contract/models/inspection.ts'
import { groupedNumber, shortBytes } from '../../../../src-contract/words/human-number.ts'
import { TypeName } from '../../../components/model/signature-line.tsx'
import { TensorDisclosure } from '../tensor/tensor-disclosure.tsx'
import styles from './graph-details.module.css'
import type { Detailed } from './model/details.ts'

/** A node that makes or uses a value; a long list of users is cut. */
const SHOWN = 6

/** What is stored: how much, how many values, what share of the model, and where if not in the model's own file. */
function StoredTensor({ tensor, total }: { tensor: Initializer; total: number }) {
  const values = tensor.Shape.reduce<number>((product, size) => product * Number(size), 1)
  const share = total > 0 ? (tensor.Bytes / total) * 100 : 0
  return (
    <span className={styles.quiet}>
      {groupedNumber(values)} {values === 1 ? 'value' : 'values'}, {shortBytes(tensor.Bytes)}
      {share >= 0.1 && `, ${share.toPrecision(2)} % of the weights`}
      {tensor.Location !== null && `, in ${tensor.Location}`}
      {tensor.Sha256 !== null && <span title={`SHA-256 ${tensor.Sha256}`}>, SHA-256 {tensor.Sha256.slice(0, 8)}…</span>}
    </span>
  )
}

/** Where a value stands that a scope knows by name: in itself, or in a scope around it. */
function storedAs(name: string, { scope, report }: Detailed): Initializer | undefined {
  for (const { id } of [scope, ...scope.around]) {
    const tensor = report.Initializers.find((one) => one.Scope === id && one.Name === name)
    if (tensor) return tensor
  }
  return undefined
}

/** What a value that does not depend on the inputs is made of: by which operators, of which stored tensors. */
function madeOf(name: string, detailed: Detailed) {
  const { scope } = detailed
  if (!scope.constants.values.has(name)) return null
  const makers = new Map(
    [scope, ...scope.around]
      .reverse()
      .flatMap(({ nodes }) => nodes.flatMap((node) => node.Outputs.map((value) => [value, node] as const))),
  )
  const operators = new Set<string>()
  const tensors: Initializer[] = []
  const waiting = [name]
  for (const value of waiting) {
    const tensor = storedAs(value, detailed)
    const maker = makers.get(value)
    if (tensor) tensors.push(tensor)
    else if (maker && waiting.length < 100) {
      operators.add(maker.Type)
      waiting.push(...maker.Inputs.filter((input) => input !== '' && !waiting.includes(input)))
    }
  }
  // Indices and sizes say nothing beside what they are used on.
  const largest = Math.max(0, ...tensors.map(({ Bytes }) => Bytes))
  const telling = tensors.filter(({ Bytes }) => Bytes * 100 >= largest)
  return { operators: [...operators], tensors: telling.sort((left, right) => right.Bytes - left.Bytes).slice(0, SHOWN) }
}

/** A value of the graph: its type, its shape, what is stored of it, and the way to whoever makes or uses it. */
export function ValueRow({ name, ends, detailed }: { name: string; ends: 'maker' | 'users'; detailed: Detailed }) {
  const { graph, scope, wires, report, onGo } = detailed
  if (name === '') return <li className={styles.quiet}>omitted</li>
  const edge = scope.values.get(name)
  const tensor = storedAs(name, detailed)
  const maker = wires.maker.get(name)
  const made = tensor ? null : madeOf(name, detailed)
  const others = ends === 'maker' ? (maker ? [maker] : []) : (wires.users.get(name) ?? [])
  const fixed = scope.constants.values.get(name)
  const shape = edge?.Shape ?? fixed?.Shape ?? tensor?.Shape ?? null
  const elementType = edge?.ElementType ?? tensor?.ElementType
  return (
    <li className={styles.value}>
      <span className={styles.name}>{name}</span>
      {elementType !== undefined && elementType !== 'undefined' && (
        <span>
          <TypeName value={{ type: elementTypeInfo(elementType).short, elementType }} />{' '}
          <span className={styles.quiet}>
            {shape === null ? '' : shape.length === 0 ? 'scalar' : shape.map((size) => size ?? '?').join('×')}
          </span>
        </span>
      )}
      {tensor && <StoredTensor tensor={tensor} total={report.Parameters.Bytes} />}
      {tensor && <TensorDisclosure tensor={{ ...graph, scope: tensor.Scope, name }} bytes={tensor.Bytes} />}
      {made && (
        <span className={styles.quiet}>
          {made.operators.join(' of ')} of {made.tensors.length === 0 ? 'constants' : ''}
          {made.tensors.map((stored) => (
            <span key={stored.Name} className={styles.value}>
              <span className={styles.name}>{stored.Name}</span>
              <StoredTensor tensor={stored} total={report.Parameters.Bytes} />
              <TensorDisclosure tensor={{ ...graph, scope: stored.Scope, name: stored.Name }} bytes={stored.Bytes} />
            </span>
          ))}
        </span>
      )}
      {others
        .filter(({ Id }) => !scope.constants.nodes.has(Id))
        .slice(0, SHOWN)
        .map((node) => (
          <button
            key={node.Id}
            type="button"
            className={styles.go}
            title={node.Name || `node ${node.Id}`}
            onClick={() => onGo(node.Id)}
          >
            {ends === 'maker' ? '↑' : '↓'} {node.Type}
          </button>
        ))}
      {others.length > SHOWN && (
        <span className={styles.quiet}>and {groupedNumber(others.length - SHOWN)} other uses</span>
      )}
    </li>
  )
}
