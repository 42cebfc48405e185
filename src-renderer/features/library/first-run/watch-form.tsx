import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { operations } from '../../../../src-contract/operations/operations.ts'
import { PathInput } from '../../../components/forms/path-input.tsx'
import { call } from '../../../lib/api/client.ts'
import { watchesQuery } from '../../../lib/api/queries.ts'
import styles from './first-run.module.css'

/** Watches a folder by its path and leaves the files in it where they are. */
export function useWatchFolder() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (path: string) =>
      call(operations.addWatch, { body: { Path: path, Mode: 'reference', Recursive: true } }),
    onSuccess: () => client.invalidateQueries({ queryKey: watchesQuery.queryKey }),
  })
}

/** Asks for the folder by its path, where no dialog of the system can be had. */
export function WatchForm({ watch }: { watch: ReturnType<typeof useWatchFolder> }) {
  const [path, setPath] = useState('')
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (path.trim() !== '') watch.mutate(path.trim())
  }
  return (
    <form ref={form} className={styles.watch} onSubmit={submit}>
      <PathInput
        label="Folder on the cabinet’s computer"
        placeholder="/data/models"
        value={path}
        error={watch.error?.message}
        onChange={(next) => {
          setPath(next)
          watch.reset()
        }}
      >
        <Button type="submit" variant="filled" disabled={path.trim() === '' || watch.isPending}>
          Watch
        </Button>
      </PathInput>
    </form>
  )
}
