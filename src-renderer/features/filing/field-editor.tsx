import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useStore } from 'zustand'
import { setField } from '../../actions/change-fields.ts'
import { SuggestInput } from '../../components/forms/suggest-input.tsx'
import { useFieldNames } from '../../lib/api/use-field-names.ts'
import { fieldValue } from '../../lib/format/field-value.ts'
import { dialogs } from '../../lib/state/dialogs.ts'
import { type Targets, targetWords } from '../../lib/state/targets.ts'
import styles from './field-editor.module.css'

function Form({ functions, onClose }: { functions: Targets; onClose: () => void }) {
  const names = useFieldNames().map(({ Name }) => Name)
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const field = name.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (field === '' || text.trim() === '') return
    onClose()
    void setField(functions, field, fieldValue(text))
  }
  const take = () => {
    onClose()
    void setField(functions, field, null)
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <SuggestInput
        data-autofocus
        label="Field"
        placeholder="dataset"
        maxLength={100}
        suggestions={names}
        value={name}
        onChange={setName}
      />
      <TextInput
        label="Value"
        placeholder="ICDAR 2015"
        description="A number, true or false, or a text"
        maxLength={2_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles.actions}>
        <Button disabled={field === ''} onClick={take}>
          Remove the field
        </Button>
        <Button type="submit" variant="filled" disabled={field === '' || text.trim() === ''}>
          Set
        </Button>
      </div>
    </form>
  )
}

/** Sets an own field on the given models at once. */
export function FieldEditor() {
  const functions = useStore(dialogs, (state) => state.fieldEditor)
  const close = () => dialogs.setState({ fieldEditor: null })
  return (
    <Modal
      opened={functions !== null}
      onClose={close}
      title={`Set a custom field on ${targetWords(functions ?? [])}`}
      size={420}
    >
      {functions && <Form functions={functions} onClose={close} />}
    </Modal>
  )
}
