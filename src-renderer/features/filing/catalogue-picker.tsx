import { Modal, TextInput, UnstyledButton } from '@mantine/core'
import { IconFolder, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useStore } from 'zustand'
import { operations } from '../../../src-contract/operations/operations.ts'
import { groupedNumber } from '../../../src-contract/words/human-number.ts'
import { fileIntoCatalogue } from '../../actions/change-functions.ts'
import { useCombobox } from '../../components/forms/use-combobox.ts'
import { sentenceOf } from '../../lib/api/api-error.ts'
import { call } from '../../lib/api/client.ts'
import { cataloguesQuery } from '../../lib/api/queries.ts'
import { dialogs } from '../../lib/state/dialogs.ts'
import { countOf, type Targets, targetWords } from '../../lib/state/targets.ts'
import { catalogueChoices } from './catalogue-choices.ts'
import styles from './catalogue-picker.module.css'

type Choice = { uuid: string | null; name: string; count: number | null }

function Picker({ functions, onClose }: { functions: Targets; onClose: () => void }) {
  const catalogues = useQuery(cataloguesQuery)
  const [text, setText] = useState('')
  const [problem, setProblem] = useState('')
  const wanted = text.trim().toLowerCase()
  const choices: Choice[] = catalogueChoices(catalogues.data ?? [], text.trim()).map(
    ({ UUID, Name, FunctionCount }) => ({ uuid: UUID, name: Name, count: FunctionCount }),
  )
  if (wanted !== '' && !choices.some(({ name }) => name.toLowerCase() === wanted))
    choices.push({ uuid: null, name: text.trim(), count: null })

  const choose = async (choice: Choice | undefined) => {
    if (!choice) return
    try {
      const uuid = choice.uuid ?? (await call(operations.addCatalogue, { body: { Name: choice.name } })).UUID
      onClose()
      await fileIntoCatalogue(functions, { UUID: uuid, Name: choice.name })
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }
  const combobox = useCombobox(choices.length, (index) => void choose(choices[index]))

  return (
    <div>
      <TextInput
        data-autofocus
        {...combobox.field}
        aria-label="Catalogue"
        placeholder="Find or name a catalogue"
        value={text}
        error={problem || undefined}
        onChange={(event) => {
          setText(event.currentTarget.value)
          combobox.toFirst()
        }}
      />
      <div role="listbox" {...combobox.list} aria-label="Catalogues" className={styles.choices}>
        {choices.map((choice, index) => (
          <UnstyledButton
            key={choice.uuid ?? 'new'}
            {...combobox.option(index)}
            tabIndex={-1}
            className={styles.choice}
          >
            {choice.uuid ? <IconFolder size={16} stroke={1.6} aria-hidden /> : <IconPlus size={16} aria-hidden />}
            <span className="ellipsis">{choice.uuid ? choice.name : `New catalogue “${choice.name}”`}</span>
            {choice.count !== null && <span className={`${styles.count} numeric`}>{groupedNumber(choice.count)}</span>}
          </UnstyledButton>
        ))}
      </div>
      {choices.length === 0 && <p className={styles.hint}>Type a name to create the first catalogue.</p>}
    </div>
  )
}

/** Files the given models into a catalogue that is picked or made by typing. */
export function CataloguePicker() {
  const functions = useStore(dialogs, (state) => state.cataloguePicker)
  const close = () => dialogs.setState({ cataloguePicker: null })
  return (
    <Modal
      opened={functions !== null}
      onClose={close}
      title={
        functions && countOf(functions) > 1 ? `Add ${targetWords(functions)} to a catalogue` : 'Add to a catalogue'
      }
      size={420}
    >
      {functions && <Picker functions={functions} onClose={close} />}
    </Modal>
  )
}
