import { useState } from 'react'
import { SuggestInput } from '../../../components/forms/suggest-input.tsx'
import { useFieldNames } from '../../../lib/api/use-field-names.ts'
import { type FilterDefinition, partLabels } from '../../../lib/state/filters.ts'
import { ChoiceList, type EditorProps, selectAll, ValueForm } from './filter-form.tsx'

/** Asks which part of a model, or which custom field. */
export function PartEditor({ filter, now, onSet }: EditorProps & { filter: FilterDefinition }) {
  const names = useFieldNames().map(({ Name }) => Name)
  const part = now?.name.slice(filter.name.length)
  const [field, setField] = useState(part?.startsWith('Field.') ? part.slice('Field.'.length) : '')
  const choose = (chosen: string) => onSet(`${filter.name}${chosen}`, 'true')
  return (
    <>
      <ChoiceList
        choices={Object.entries(partLabels).map(([value, label]) => ({ value, label }))}
        now={part}
        onChoose={choose}
      />
      <ValueForm onSubmit={() => choose(`Field.${field.trim()}`)} ready={field.trim() !== ''}>
        <SuggestInput
          label="Custom field"
          placeholder="accuracy"
          suggestions={names}
          value={field}
          onFocus={selectAll}
          onChange={setField}
        />
      </ValueForm>
    </>
  )
}
