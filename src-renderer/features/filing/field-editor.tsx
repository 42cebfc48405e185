import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import { type FieldValue, setField } from '../../actions/change-fields.ts'
import { Form } from '../../components/forms/form.tsx'
import { SuggestInput } from '../../components/forms/suggest-input.tsx'
import { useFieldNames } from '../../lib/api/use-field-names.ts'
import { fieldValue } from '../../lib/format/field-value.ts'
import { dialogs } from '../../lib/state/dialogs.ts'
import { type Targets, targetWords } from '../../lib/state/targets.ts'

function Fields({ functions, onClose }: { functions: Targets; onClose: () => void }) {
  const names = useFieldNames().map(({ Name }) => Name)
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const field = name.trim()
  const ready = field !== '' && text.trim() !== ''
  const set = (value: FieldValue) => {
    onClose()
    void setField(functions, field, value)
  }
  return (
    <Form ready={ready} onSubmit={() => set(fieldValue(text))}>
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
      <Group gap={8} justify="flex-end">
        <Button disabled={field === ''} onClick={() => set(null)}>
          Remove the field
        </Button>
        <Button type="submit" variant="filled" disabled={!ready}>
          Set
        </Button>
      </Group>
    </Form>
  )
}

/** Sets a custom field on several models at once. */
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
      {functions && <Fields functions={functions} onClose={close} />}
    </Modal>
  )
}
