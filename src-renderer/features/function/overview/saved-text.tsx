import type { ComponentProps } from 'react'
import type { FunctionUpdate } from '../../../../src-contract/contract/functions/function.ts'
import { EditableText } from '../../../components/text/editable-text.tsx'
import { SaveState } from '../../../components/text/save-state.tsx'
import { useSave } from '../../../lib/hooks/use-save.ts'

type Props = Omit<ComponentProps<typeof EditableText>, 'onSave'> & {
  uuid: string
  /** What a typed text changes. @throws Error with a sentence where it makes no sense */
  change: (text: string) => FunctionUpdate
}

/** A text of a function that is edited in place and says beside itself whether it is being saved, saved or refused. */
export function SavedText({ uuid, change, ...text }: Props) {
  const { save, saving } = useSave(uuid)
  return (
    <>
      <EditableText {...text} onSave={(typed) => save(() => change(typed))} />
      <SaveState saving={saving} />
    </>
  )
}
