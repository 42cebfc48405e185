import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { elementTypeInfo } from '../../../../src-contract/contract/models/element-type.ts'
import type { Initializer } from '../../../../src-contract/contract/models/inspection.ts'
import { plural, shortBytes } from '../../../../src-contract/words/human-number.ts'
import { TypeName } from '../../../components/model/signature-line.tsx'
import { TensorGlance } from '../tensor/tensor-glance.tsx'
import { TensorValues } from '../tensor/tensor-values.tsx'
import styles from './initializers-table.module.css'

type Props = { tensor: Initializer; model: { uuid: string; sha256: string }; largest: number }

/** One stored tensor: what it is, how much of the model it is, its values at a glance, and all about them when opened. */
export function InitializerRow({ tensor, model, largest }: Props) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const { Name, Scope, Location, ElementType, Shape, Bytes } = tensor
  const of = { ...model, scope: Scope, name: Name }
  return (
    <>
      <tr>
        <td className={`${styles.name} mono`} title={Scope === 'main' ? undefined : `in ${Scope}`}>
          <button
            type="button"
            className={styles.opener}
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => setOpen(!open)}
          >
            <IconChevronRight size={13} data-open={open} />
            <span>
              {Name === '' ? 'no name' : Name}
              {Location !== null && <span className="quiet"> in {Location}</span>}
            </span>
          </button>
        </td>
        <td className="mono">
          <TypeName value={{ type: elementTypeInfo(ElementType).short, elementType: ElementType }} />
        </td>
        <td className="quiet mono">{Shape.length === 0 ? 'scalar' : Shape.join('×')}</td>
        <td>
          <TensorGlance tensor={of} bytes={Bytes} />
        </td>
        <td className={`${styles.end} numeric`} title={plural(Bytes, 'byte')}>
          <span className={styles.bar} style={{ width: `${(Bytes / largest) * 60}px` }} aria-hidden />
          {shortBytes(Bytes)}
        </td>
      </tr>
      {open && (
        <tr id={id}>
          <td colSpan={5} className={styles.about}>
            <TensorValues tensor={of} />
          </td>
        </tr>
      )}
    </>
  )
}
