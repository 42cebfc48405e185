import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import { groupedNumber, plural } from '../../../../src-contract/words/human-number.ts'
import { useFieldNames } from '../../../lib/api/use-field-names.ts'
import { layout, toggleColumn } from '../../../lib/state/layout.ts'
import styles from '../filters/view-menu.module.css'
import { type OfferedField, offeredFields } from './offered-fields.ts'

/** From so many names on they are searched rather than read through. */
const SEARCHED = 12

function Field({ Name, Count, chosen }: OfferedField) {
  return (
    <Checkbox
      label={
        <>
          <span className="ellipsis" title={Name}>
            {Name}
          </span>
          {Count > 0 && (
            <span className={`${styles.count} numeric`} title={plural(Count, 'model')}>
              {groupedNumber(Count)}
            </span>
          )}
        </>
      }
      classNames={{ labelWrapper: styles.field, label: styles.fieldLabel }}
      checked={chosen}
      onChange={() => toggleColumn('fieldColumns', Name)}
    />
  )
}

/** Which of people's own fields are columns: all names that the cabinet knows, each with how many models have it. */
export function FieldColumns() {
  const fieldColumns = useStore(layout, (state) => state.fieldColumns)
  const names = useFieldNames()
  const [typed, setTyped] = useState('')
  const { all, shown, more } = offeredFields(names, fieldColumns, typed)
  if (all === 0) return null
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>Custom fields</legend>
      {all > SEARCHED && (
        <TextInput
          size="xs"
          aria-label="Find a field"
          placeholder={`Find among ${groupedNumber(all)}`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <div className={styles.fields}>
        {shown.map((field) => (
          <Field key={field.Name} {...field} />
        ))}
        {shown.length === 0 && <p className={styles.note}>No matching field.</p>}
        {more > 0 && <p className={styles.note}>{groupedNumber(more)} more: type to find them.</p>}
      </div>
    </fieldset>
  )
}
