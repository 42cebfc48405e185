import { Button, Group } from '@mantine/core'
import { IconFileImport, IconFolder } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { chooseFiles, chooseFolder } from '../../actions/import/choose-files.ts'
import { configurationQuery } from '../../lib/api/queries.ts'
import { sizeParts } from '../../lib/format/size.ts'
import { tellProblem } from '../../lib/notices/notify.tsx'

type Props = { catalogue: string | null; onDone: () => void }

/** Takes files by the system's dialog, in a browser also all of a folder's. */
export function FilesForm({ catalogue, onDone }: Props) {
  const configuration = useQuery(configurationQuery)
  const limit = configuration.data && sizeParts(configuration.data.MaxUploadSize)
  const choose = (ask: (catalogue?: string) => Promise<unknown>) => {
    onDone()
    void ask(catalogue ?? undefined).then((found) => {
      if (found === 0) tellProblem('The folder contains no .onnx files or archives. Nothing was imported.')
    })
  }
  return (
    <>
      <p className="quiet">
        ONNX models (.onnx) with their data files, or archives of them (.zip, .tar, .tar.gz)
        {limit === undefined ? '' : `, up to ${limit.amount} ${limit.unit} each`}. They are copied into the cabinet; the
        originals stay where they are. You can also drop files anywhere in the window.
      </p>
      <Group gap={8} justify="flex-end">
        {!window.cabinet && (
          <Button leftSection={<IconFolder size={15} />} onClick={() => choose(chooseFolder)}>
            Choose a folder…
          </Button>
        )}
        <Button
          variant="filled"
          data-autofocus
          leftSection={<IconFileImport size={15} />}
          onClick={() => choose(chooseFiles)}
        >
          Choose files…
        </Button>
      </Group>
    </>
  )
}
