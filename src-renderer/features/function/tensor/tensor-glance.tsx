import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { TensorSummary } from '../../../../src-contract/contract/models/tensor.ts'
import { groupedNumber } from '../../../../src-contract/words/human-number.ts'
import { figureText } from './figure-text.ts'
import styles from './tensor.module.css'
import { type TensorOf, tensorQuery } from './tensor-query.ts'
import { ValueHistogram } from './value-histogram.tsx'

/** Larger tensors are read when they are asked for, not when they come into sight. */
const BY_ITSELF = 16 * 1024 * 1024

/** So few values are told one by one. */
const FEW = 4

/** The values in one short line. */
function glanceText({ Count, Values, Min, Max, Distinct }: TensorSummary): string {
  if (Count === 0) return 'empty'
  if (Count <= FEW && !Distinct) return Values.map(figureText).join(', ')
  if (Distinct) return Distinct.Count === 1 ? 'all the same' : `${groupedNumber(Distinct.Count)} different`
  if (Min === null || Max === null) return 'no finite values'
  return Min === Max ? `all ${figureText(Min)}` : `${figureText(Min)} … ${figureText(Max)}`
}

/** Whether an element has been in sight. */
function useSeen() {
  const element = useRef<HTMLSpanElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (!element.current || seen) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [seen])
  return { element, seen }
}

/** The values of a tensor at a glance: a small histogram and the range, read once it is in sight. */
export function TensorGlance({ tensor, bytes }: { tensor: TensorOf; bytes: number }) {
  const { element, seen } = useSeen()
  const { data, isError } = useQuery({ ...tensorQuery(tensor), enabled: seen && bytes <= BY_ITSELF })
  const words = data ? glanceText(data) : isError ? 'not readable' : bytes > BY_ITSELF ? 'Values' : ''
  const bad = data && ((data.NaNs ?? 0) > 0 || (data.Infinities?.Positive ?? 0) + (data.Infinities?.Negative ?? 0) > 0)
  return (
    <span ref={element} className={styles.glance}>
      {data?.Histogram && data.Count > FEW && data.Histogram.Counts.length > 1 ? (
        <ValueHistogram histogram={data.Histogram} width={56} height={16} />
      ) : (
        <span className={styles.nothing} />
      )}
      <span className="quiet numeric">{words}</span>
      {bad && <span className="bad">{(data.NaNs ?? 0) > 0 ? 'NaN' : '∞'}</span>}
    </span>
  )
}
