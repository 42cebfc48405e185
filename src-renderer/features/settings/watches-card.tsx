import { Button, Group, Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Watch } from '../../../src-contract/contract/admin/watch.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { CatalogueSelect } from '../../components/forms/catalogue-select.tsx'
import { ExcludeInput, patternsIn } from '../../components/forms/exclude-input.tsx'
import { Form } from '../../components/forms/form.tsx'
import { PathInput } from '../../components/forms/path-input.tsx'
import { Card } from '../../components/layout/card.tsx'
import { Problem } from '../../components/text/problem.tsx'
import { sentenceOf } from '../../lib/api/api-error.ts'
import { call } from '../../lib/api/client.ts'
import { settingsQuery, watchesQuery } from '../../lib/api/queries.ts'
import { tellDone, tellProblem } from '../../lib/notices/notify.tsx'
import styles from './settings-screen.module.css'

const modes = [
  { value: 'reference', label: 'Leave files there' },
  { value: 'copy', label: 'Copy files' },
] as const

const stateWords: Record<Watch['State'], string> = {
  starting: 'starting',
  watching: 'watched',
  missing: 'not found',
  failed: 'failed',
}

function Row({ watch, onChanged }: { watch: Watch; onChanged: () => void }) {
  const { UUID, Path, Mode, Recursive, Exclude, Catalogue, State, Message } = watch
  const remove = async () => {
    try {
      await call(operations.removeWatch, { uuid: UUID })
      onChanged()
      tellDone(`Stopped watching ${Path}. Its models are kept.`, {
        label: 'Undo',
        run: async () => {
          await call(operations.addWatch, { body: { Path, Mode, Recursive, Exclude, Catalogue } })
          onChanged()
        },
      })
    } catch (error) {
      tellProblem(`${Path} is still watched. ${sentenceOf(error)}`)
    }
  }
  return (
    <li className={styles.row}>
      <span className={`${styles.name} ellipsis mono`} title={Path}>
        {Path}
      </span>
      {Exclude.length > 0 && <span className="quiet">without {Exclude.join(', ')}</span>}
      <span className={Message === '' ? 'quiet' : 'warn'} title={Message}>
        {State === 'watching' && Message !== '' ? 'watched in part' : stateWords[State]}
      </span>
      <Button size="compact-sm" aria-label={`Stop watching ${Path}`} onClick={() => void remove()}>
        Stop
      </Button>
    </li>
  )
}

/** Folders whose models come into the cabinet as they appear. */
export function WatchesCard() {
  const client = useQueryClient()
  const watches = useQuery(watchesQuery)
  const cache = useQuery(settingsQuery).data?.HuggingFaceCache
  const [path, setPath] = useState('')
  const [mode, setMode] = useState<(typeof modes)[number]['value']>('reference')
  const [catalogue, setCatalogue] = useState<string | null>(null)
  const [exclude, setExclude] = useState('')
  const refresh = () => void client.invalidateQueries({ queryKey: watchesQuery.queryKey })
  const add = useMutation({
    mutationFn: (Path: string) =>
      call(operations.addWatch, {
        body: {
          Path,
          Mode: mode,
          Catalogue: catalogue,
          Recursive: true,
          Exclude: patternsIn(exclude),
        },
      }),
    onSuccess: () => {
      setPath('')
      setExclude('')
      refresh()
    },
  })
  return (
    <Card title="Watched folders">
      <p className="quiet">Models in a watched folder and its subfolders are imported, including ones added later.</p>
      <Problem>{watches.error?.message}</Problem>
      <ul>
        {watches.data?.map((watch) => (
          <Row key={watch.UUID} watch={watch} onChanged={refresh} />
        ))}
      </ul>
      {cache && !watches.data?.some(({ Path }) => Path === cache) && (
        <Button loading={add.isPending} title={cache} onClick={() => add.mutate(cache)}>
          Watch my Hugging Face cache
        </Button>
      )}
      <Form ready={path.trim() !== ''} onSubmit={() => add.mutate(path.trim())} gap={10} mt={10}>
        <PathInput
          label="Folder to watch"
          placeholder="/data/models"
          value={path}
          pick={(bridge) => bridge.pickFolder()}
          onChange={setPath}
        />
        <ExcludeInput value={exclude} onChange={setExclude} />
        <Group gap={8} align="flex-end">
          <Select
            flex={1}
            label="Files"
            data={[...modes]}
            allowDeselect={false}
            value={mode}
            onChange={(value) => value && setMode(value)}
          />
          <CatalogueSelect value={catalogue} onChange={setCatalogue} />
          <Button type="submit" disabled={path.trim() === '' || add.isPending}>
            Watch
          </Button>
        </Group>
      </Form>
      <Problem>{add.error?.message}</Problem>
    </Card>
  )
}
