import type { ReactNode } from 'react'
import type { Comparison } from '../../../../src-contract/contract/models/compare.ts'
import { groupedNumber, shortBytes, shortCount } from '../../../../src-contract/words/human-number.ts'
import styles from './compared-parts.module.css'

type Part = { name: string; tensor?: string; same: boolean | null; detail: ReactNode }

function Sides({ left, right }: { left: ReactNode; right: ReactNode }) {
  return (
    <>
      {left ?? 'nothing'} <span className="quiet">→</span> {right ?? 'nothing'}
    </>
  )
}

function partsOf(comparison: Comparison): Part[] {
  const { Same, Signature, Opsets, Operators, Metadata, Parameters, FileSize } = comparison
  return [
    {
      name: 'Bytes',
      same: Same.Bytes,
      detail: <Sides left={shortBytes(FileSize.Left)} right={shortBytes(FileSize.Right)} />,
    },
    {
      name: 'Signature',
      same: Same.Signature,
      detail: Signature.Changes.map(({ Side, Name, Left, Right, Breaks }) => (
        <div key={`${Side} ${Name}`} className="mono">
          {Side === 'input' ? 'in' : 'out'} {Name}: <Sides left={Left} right={Right} />
          {Breaks && <span className="warn"> (breaking)</span>}
        </div>
      )),
    },
    {
      name: 'Structure',
      same: Same.Structure,
      detail: Same.Structure ? null : 'different nodes, attributes or connections',
    },
    {
      name: 'Opsets',
      same: Opsets.length === 0,
      detail: Opsets.map(({ Domain, Left, Right }) => (
        <div key={Domain}>
          {Domain === '' ? 'ai.onnx' : Domain} <Sides left={Left} right={Right} />
        </div>
      )),
    },
    {
      name: 'Operators',
      same: Operators.length === 0,
      detail: Operators.map(({ Domain, Type, Left, Right }) => (
        <div key={`${Domain} ${Type}`}>
          <span className="mono">{Type}</span> <Sides left={groupedNumber(Left)} right={groupedNumber(Right)} />
        </div>
      )),
    },
    {
      name: 'Parameters',
      same: Same.Weights,
      detail:
        Parameters.Left === Parameters.Right ? (
          `${shortCount(Parameters.Left)} on both sides${Same.Weights ? '' : ', with different values'}`
        ) : (
          <Sides left={shortCount(Parameters.Left)} right={shortCount(Parameters.Right)} />
        ),
    },
    {
      name: 'Metadata',
      same: Metadata.length === 0,
      detail: Metadata.map(({ Key, Left, Right }) => (
        <div key={Key}>
          {Key}: <Sides left={Left} right={Right} />
        </div>
      )),
    },
    ...(comparison.Outputs ?? []).map(
      ({ Name, Largest, Message }): Part => ({
        name: 'Output',
        tensor: Name,
        same: Largest === null ? null : Largest.Absolute === 0,
        detail:
          Largest === null
            ? Message
            : `largest difference ${Number(Largest.Absolute.toPrecision(3))}, relative ${Number(Largest.Relative.toPrecision(3))}`,
      }),
    ),
  ]
}

const word = (same: boolean | null) => (same === null ? 'not known yet' : same ? 'same' : 'differs')

/** What is the same and what is not, part by part; only what differs unless everything is asked for. */
export function ComparedParts({ comparison, everything }: { comparison: Comparison; everything: boolean }) {
  const parts = partsOf(comparison).filter(({ same }) => everything || same !== true)
  if (parts.length === 0) return <p className="quiet">No differences other than those listed below.</p>
  return (
    <table className={styles.table}>
      <tbody>
        {parts.map(({ name, tensor = '', same, detail }) => (
          <tr key={`${name} ${tensor}`}>
            <th scope="row">
              {name} <span className="mono">{tensor}</span>
            </th>
            <td className={same === true ? 'ok' : same === false ? 'warn' : 'quiet'}>{word(same)}</td>
            <td className={styles.detail}>{detail}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
