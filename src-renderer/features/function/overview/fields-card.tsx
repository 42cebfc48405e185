import { ActionIcon } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import { IconButton } from '../../../components/forms/icon-button.tsx'
import { Card } from '../../../components/layout/card.tsx'
import { SaveState } from '../../../components/text/save-state.tsx'
import { fieldValue } from '../../../lib/format/field-value.ts'
import { useSave } from '../../../lib/hooks/use-save.ts'
import styles from './fields-card.module.css'
import { SavedText } from './saved-text.tsx'

function NewField({ onAdd, onClose }: { onAdd: (name: string, value: string) => void; onClose: () => void }) {
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') onAdd(name.trim(), value)
      }}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return
        if (name.trim() === '' || value.trim() === '') onClose()
        else onAdd(name.trim(), value)
      }}
      onKeyDown={(event) => {
        // The window's own keys (Ctrl K and such) go on.
        if (!event.ctrlKey && !event.metaKey) event.stopPropagation()
        if (event.key === 'Escape') onClose()
      }}
    >
      <input
        className={styles.input}
        aria-label="Name of the new field"
        placeholder="accuracy"
        maxLength={100}
        // biome-ignore lint/a11y/noAutofocus: the person just asked to type here
        autoFocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <input
        className={styles.input}
        aria-label="Value of the new field"
        placeholder="0.912"
        maxLength={2000}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <button type="submit" hidden>
        Add
      </button>
    </form>
  )
}

/** A person's own facts about a model: accuracy, dataset, run … */
export function FieldsCard({ model }: { model: FunctionDetail }) {
  const { save, saving } = useSave(model.UUID)
  const [adding, setAdding] = useState(false)
  const withField = (name: string, value: string) => ({ Fields: { [name]: fieldValue(value) } })
  const remove = (name: string) => void save({ Fields: { [name]: null } }).catch(() => undefined)
  const fields = Object.entries(model.Fields)
  return (
    <Card
      title="Fields"
      actions={
        <>
          <SaveState saving={saving} />
          <IconButton label="Add a field" icon={IconPlus} onClick={() => setAdding(true)} />
        </>
      }
    >
      <dl>
        {fields.map(([name, value]) => (
          <div key={name} className={styles.row}>
            <dt className="quiet ellipsis" title={name}>
              {name}
            </dt>
            <dd className={styles.value}>
              <SavedText
                uuid={model.UUID}
                label={name}
                placeholder="empty"
                maxLength={2000}
                value={String(value)}
                change={(text) => withField(name, text)}
              />
              <ActionIcon
                size={20}
                className={styles.remove}
                aria-label={`Remove ${name}`}
                onClick={() => remove(name)}
              >
                <IconX size={12} />
              </ActionIcon>
            </dd>
          </div>
        ))}
      </dl>
      {adding && (
        <NewField
          onClose={() => setAdding(false)}
          onAdd={(name, value) => {
            save(withField(name, value)).then(
              () => setAdding(false),
              () => undefined,
            )
          }}
        />
      )}
      {fields.length === 0 && !adding && <p className="faint">For example accuracy, dataset, run</p>}
    </Card>
  )
}
