import { Button, Group, Input, SegmentedControl, Switch } from '@mantine/core'
import { useState } from 'react'
import { useStartImport } from '../../actions/import/use-start-import.ts'
import { ExcludeInput, patternsIn } from '../../components/forms/exclude-input.tsx'
import { Form } from '../../components/forms/form.tsx'
import { PathInput } from '../../components/forms/path-input.tsx'
import styles from './import-dialog.module.css'

const modes = [
  { value: 'reference', label: 'Leave files where they are' },
  { value: 'copy', label: 'Copy into the cabinet' },
] as const

const explained = {
  reference:
    'Nothing is copied. If a file is moved or deleted later, its model is marked as missing, and matched by content if the file reappears.',
  copy: 'You can move or delete the originals afterwards.',
}

type Props = { paths: readonly string[]; catalogue: string | null; onDone: () => void }

/** Imports a folder of the cabinet's machine, another cabinet's export that lies there, or all that was dropped at once. */
export function FolderForm({ paths: given, catalogue, onDone }: Props) {
  const [paths, setPaths] = useState(given)
  const wanted = paths.map((path) => path.trim()).filter((path) => path !== '')
  const [mode, setMode] = useState<keyof typeof explained>('reference')
  const [recursive, setRecursive] = useState(true)
  const [perFolder, setPerFolder] = useState(false)
  const [exclude, setExclude] = useState('')
  const start = useStartImport(onDone)
  const submit = () =>
    start.mutate({
      Paths: wanted,
      Mode: mode,
      Recursive: recursive,
      ...(perFolder && { CataloguePerFolder: true }),
      Exclude: patternsIn(exclude),
      ...(catalogue !== null && { Catalogue: catalogue }),
    })
  return (
    <Form ready={wanted.length > 0} onSubmit={submit}>
      {paths.length > 1 ? (
        <Input.Wrapper label={`${paths.length} folders and files`} labelElement="div" error={start.error?.message}>
          <ul className={styles.paths}>
            {paths.map((path) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </Input.Wrapper>
      ) : (
        <PathInput
          label={window.cabinet ? 'Folder, or an export of a cabinet' : 'Folder or export on the cabinet’s computer'}
          placeholder="/data/models"
          value={paths[0] ?? ''}
          pick={(bridge) => bridge.pickFolder()}
          error={start.error?.message}
          onChange={(next) => {
            setPaths([next])
            start.reset()
          }}
        />
      )}
      <div>
        <SegmentedControl
          aria-label="What to do with the files"
          fullWidth
          data={[...modes]}
          value={mode}
          onChange={setMode}
        />
        <p className={styles.hint}>{explained[mode]}</p>
      </div>
      <Switch
        label="Include subfolders"
        checked={recursive}
        onChange={(event) => setRecursive(event.currentTarget.checked)}
      />
      <Switch
        label="Make a catalogue of each folder"
        checked={perFolder}
        onChange={(event) => setPerFolder(event.currentTarget.checked)}
      />
      <ExcludeInput value={exclude} onChange={setExclude} />
      <Group justify="flex-end">
        <Button type="submit" variant="filled" disabled={wanted.length === 0 || start.isPending}>
          Import
        </Button>
      </Group>
    </Form>
  )
}
