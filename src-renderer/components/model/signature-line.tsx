import { Popover } from '@mantine/core'
import { memo, useEffect, useRef, useState } from 'react'
import { elementTypeInfo } from '../../../src-contract/contract/models/element-type.ts'
import { groupedNumber } from '../../../src-contract/words/human-number.ts'
import type { ShortSignature, ShortValue } from '../../../src-contract/words/signature-line.ts'
import { Pieces } from '../text/pieces.tsx'
import styles from './signature-line.module.css'

type Symbols = ShortSignature['symbols']

/** An element type in the quiet tint of its family. */
export function TypeName({ value }: { value: Pick<ShortValue, 'type' | 'elementType'> }) {
  return <span className={`${styles.type} ${styles[elementTypeInfo(value.elementType).family]}`}>{value.type}</span>
}

const isTensor = (value: ShortValue) => value.type === elementTypeInfo(value.elementType).short

/** `N×3×224×224`, each shortened symbol with its full name on hover. */
export function Shape({ value, symbols }: { value: ShortValue; symbols: Symbols }) {
  if (value.shape === '') return <span className={styles.shape}>{isTensor(value) ? 'scalar' : ''}</span>
  // Most shapes have no shortened symbol: one text is enough there.
  if (symbols.length === 0) return <span className={styles.shape}>{value.shape}</span>
  return (
    <span className={styles.shape}>
      {value.shape.split('×').map((size, axis) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an axis is its position
        <span key={axis}>
          {axis > 0 && <span className={styles.times}>×</span>}
          <span title={symbols.find(({ short }) => short === size)?.full}>{size}</span>
        </span>
      ))}
    </span>
  )
}

type SideProps = { values: readonly ShortValue[]; count: number; symbols: Symbols }

/** `search` is what the name is marked with; without it the name is left out. */
function Side({ values, count, symbols, search }: SideProps & { search?: string }) {
  const [first] = values
  if (!first) return <span className={styles.shape}>nothing</span>
  const more = count - 1
  return (
    <>
      {search !== undefined && (
        <>
          <span className={styles.name}>
            <Pieces text={first.name} search={search} />
          </span>{' '}
        </>
      )}
      <TypeName value={first} /> <Shape value={first} symbols={symbols} />
      {more > 0 && <span className={styles.more}> +{more}</span>}
    </>
  )
}

function Rows({ values, count, symbols, label }: SideProps & { label: string }) {
  const rows = values.map((value, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a model may use a name twice
    <div key={index} className={styles.full}>
      <span className={styles.side}>{index === 0 ? label : ''}</span>
      <span className={styles.fullName}>{value.name}</span>
      <span>
        <TypeName value={value} /> <Shape value={value} symbols={symbols} />
      </span>
    </div>
  ))
  return (
    <>
      {rows}
      {count > values.length && (
        <div className={styles.full}>
          <span className={styles.side} />
          <span className="quiet">and {groupedNumber(count - values.length)} more</span>
        </div>
      )}
    </>
  )
}

/** Every in- and output in rows, as in a card on hover or the peek. */
export function SignatureRows({ signature }: { signature: ShortSignature }) {
  return (
    <div className={`${styles.rows} mono`}>
      <Rows values={signature.inputs} count={signature.counts.inputs} symbols={signature.symbols} label="in" />
      <Rows values={signature.outputs} count={signature.counts.outputs} symbols={signature.symbols} label="out" />
    </div>
  )
}

const HOVER_DELAY = 350

/** Opens its card only once the pointer rests, and mounts nothing before, since lists hold many of these lines. */
function useRest() {
  const [rested, setRested] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const leave = () => {
    clearTimeout(timer.current)
    setRested(false)
  }
  return {
    rested,
    onPointerEnter: () => {
      timer.current = setTimeout(() => setRested(true), HOVER_DELAY)
    },
    onPointerLeave: leave,
    // Whatever the press opens comes before the card.
    onPointerDown: leave,
  }
}

type LineProps = {
  signature: ShortSignature
  /** A search, whose words are marked. */
  search?: string
}

/** The product's own notation: `image f32 N×3×224×224 → f32 N×1000`; the full list in a card on hover. */
export const SignatureLine = memo(function SignatureLine({ signature, search = '' }: LineProps) {
  const { rested, ...pointer } = useRest()
  const { inputs, outputs, counts, symbols } = signature
  const line = (
    <span className={`${styles.line} mono`} {...pointer}>
      <Side values={inputs} count={counts.inputs} symbols={symbols} search={search} />
      <span className={styles.arrow}> → </span>
      <Side values={outputs} count={counts.outputs} symbols={symbols} />
    </span>
  )
  if (!rested) return line
  return (
    <Popover opened position="bottom-start" withRoles={false} trapFocus={false}>
      <Popover.Target>{line}</Popover.Target>
      <Popover.Dropdown>
        <SignatureRows signature={signature} />
      </Popover.Dropdown>
    </Popover>
  )
})
