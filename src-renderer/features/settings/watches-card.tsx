import { Button, Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Watch } from '../../../src-contract/contract/admin/watch.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { PathInput } from '../../components/forms/path-input.tsx'
import { Card } from '../../components/layout/card.tsx'
import { sentenceOf } from '../../lib/api/api-error.ts'
import { call } from '../../lib/api/client.ts'
import { cataloguesQuery, watchesQuery } from '../../lib/api/queries.ts'
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
  const { UUID, Path, Mode, Recursive, Catalogue, State, Message } = watch
  const remove = async () => {
    try {
      await call(operations.removeWatch, { uuid: UUID })
      onChanged()
      tellDone(`Stopped watching ${Path}. Its models are kept.`, {
        label: 'Undo',
        run: async () => {
          await call(operations.addWatch, { body: { Path, Mode, Recursive, Catalogue } })
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
      <span className={State === 'watching' || State === 'starting' ? styles.text : styles.warning} title={Message}>
        {stateWords[State]}
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
  const catalogues = useQuery(cataloguesQuery)
  const [path, setPath] = useState('')
  const [mode, setMode] = useState<(typeof modes)[number]['value']>('reference')
  const [catalogue, setCatalogue] = useState<string | null>(null)
  const refresh = () => void client.invalidateQueries({ queryKey: watchesQuery.queryKey })
  const add = useMutation({
    mutationFn: () =>
      call(operations.addWatch, { body: { Path: path.trim(), Mode: mode, Catalogue: catalogue, Recursive: true } }),
    onSuccess: () => {
      setPath('')
      refresh()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (path.trim() !== '') add.mutate()
  }
  return (
    <Card title="Watched folders">
      <p className={styles.text}>
        Models in a watched folder and its subfolders are imported, including ones added later.
      </p>
      {watches.isError && <p className={styles.problem}>{watches.error.message}</p>}
      <ul className={styles.list}>
        {watches.data?.map((watch) => (
          <Row key={watch.UUID} watch={watch} onChanged={refresh} />
        ))}
      </ul>
      <form onSubmit={submit}>
        <div className={styles.form}>
          <PathInput
            label="Folder to watch"
            placeholder="/data/models"
            value={path}
            pick={(bridge) => bridge.pickFolder()}
            onChange={setPath}
          />
        </div>
        <div className={styles.form}>
          <Select
            className={styles.grow}
            label="Files"
            data={[...modes]}
            allowDeselect={false}
            value={mode}
            onChange={(value) => setMode(modes.find((one) => one.value === value)?.value ?? 'reference')}
          />
          <Select
            className={styles.grow}
            label="Add to catalogue"
            placeholder="None"
            clearable
            data={(catalogues.data ?? []).map(({ UUID, Name }) => ({ value: UUID, label: Name }))}
            value={catalogue}
            onChange={setCatalogue}
          />
          <Button type="submit" disabled={path.trim() === '' || add.isPending}>
            Watch
          </Button>
        </div>
      </form>
      {add.isError && (
        <p className={styles.problem} role="alert">
          {add.error.message}
        </p>
      )}
    </Card>
  )
}
