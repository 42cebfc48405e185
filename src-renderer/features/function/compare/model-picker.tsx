import { TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FunctionDetail, FunctionItem } from '../../../../src-contract/contract/functions/function.ts'
import { shortBytes } from '../../../../src-contract/words/human-number.ts'
import { shortNamedSignature } from '../../../../src-contract/words/signature-line.ts'
import { useCombobox } from '../../../components/forms/use-combobox.ts'
import { SignatureLine } from '../../../components/model/signature-line.tsx'
import { StatusDot, standingOf } from '../../../components/model/status-dot.tsx'
import { Pieces } from '../../../components/text/pieces.tsx'
import { Problem } from '../../../components/text/problem.tsx'
import { listFunctions } from '../../../lib/api/functions.ts'
import styles from './model-picker.module.css'

const OFFERED = 20

/** The words of a name without its version, so that siblings are offered first: `silero_vad_v5` looks for `silero vad`. */
export function siblingWords(name: string): string {
  return name
    .split(/[\s_.\-/()]+/)
    .filter((word) => word.length >= 3 && !/^v?\d/i.test(word))
    .slice(0, 2)
    .join(' ')
}

/** What a model takes and gives, to be held against that of another. */
const signatureOf = ({ NamedInput, NamedOutput, StatedShapes }: Signed): string =>
  JSON.stringify([NamedInput, NamedOutput, StatedShapes])

type Signed = Pick<FunctionItem, 'NamedInput' | 'NamedOutput' | 'StatedShapes'>

/** Duplicates that are looked through for those of this model. */
const DUPLICATES = 200

/** Finds the model to compare with; those that can stand in for it are offered first, then those of a like name. */
export function ModelPicker({ model, onPick }: { model: FunctionDetail; onPick: (uuid: string) => void }) {
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 80)
  const words = asked === '' ? siblingWords(model.Name) : asked
  const found = useQuery({
    queryKey: ['functions', 'compare', words],
    queryFn: ({ signal }) =>
      listFunctions({ Status: 'ok', ...(words !== '' && { q: words }) }, { offset: 0, limit: OFFERED }, { signal }),
    placeholderData: keepPreviousData,
  })
  const duplicates = useQuery({
    queryKey: ['functions', 'compare', 'duplicates'],
    queryFn: ({ signal }) =>
      listFunctions({ Status: 'ok', Duplicates: 'structure' }, { offset: 0, limit: DUPLICATES }, { signal }),
  })
  const own = signatureOf(model)
  const isAlike = (item: FunctionItem) => signatureOf(item) === own
  const near = asked === '' ? (duplicates.data?.rows.filter(isAlike) ?? []) : []
  const named = found.data?.rows ?? []
  const ordered = [...near, ...named.filter(isAlike), ...named.filter((item) => !isAlike(item))]
  const rows = [...new Map(ordered.map((item) => [item.UUID, item])).values()].filter(({ UUID }) => UUID !== model.UUID)
  // What stands there while the list for new words is still awaited is not what a person who presses Enter has asked for.
  const isCurrent = text.trim() === asked && !found.isPlaceholderData
  const combobox = useCombobox(rows.length, (index) => {
    const item = rows[index]
    if (item && isCurrent) onPick(item.UUID)
  })
  return (
    <div className={styles.picker}>
      <TextInput
        label={`Compare ${model.Name} with`}
        placeholder="Find a model"
        leftSection={<IconSearch size={15} />}
        {...combobox.field}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          combobox.toFirst()
        }}
      />
      <div role="listbox" {...combobox.list} aria-label="Models to compare with">
        {rows.map((item, index) => (
          <UnstyledButton key={item.UUID} {...combobox.option(index)} tabIndex={-1} className={styles.row}>
            <StatusDot {...standingOf(item)} />
            <span className={`${styles.name} ellipsis`}>
              <Pieces text={item.Name} search={asked} />
              {isAlike(item) && <span className="quiet small"> same signature</span>}
            </span>
            <SignatureLine signature={shortNamedSignature(item)} />
            <span className={`${styles.size} numeric`}>{shortBytes(item.TotalSize)}</span>
          </UnstyledButton>
        ))}
      </div>
      {found.data && rows.length === 0 && (
        <p className="quiet">
          {asked === '' ? 'No model has a similar name; type to find another.' : `Nothing matches “${asked}”.`}
        </p>
      )}
      <Problem>{found.error?.message}</Problem>
    </div>
  )
}
