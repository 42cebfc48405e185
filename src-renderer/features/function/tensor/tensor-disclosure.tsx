import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import styles from './tensor.module.css'
import { TensorGlance } from './tensor-glance.tsx'
import type { TensorOf } from './tensor-query.ts'
import { TensorValues } from './tensor-values.tsx'

/** The values of a tensor at a glance, and all that is told of them on a click. */
export function TensorDisclosure({ tensor, bytes }: { tensor: TensorOf; bytes: number }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <div>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          aria-label={`Values of ${tensor.name}`}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight size={13} data-open={open} />
          <TensorGlance tensor={tensor} bytes={bytes} />
        </button>
      </div>
      {open && (
        <div id={id}>
          <TensorValues tensor={tensor} />
        </div>
      )}
    </>
  )
}
