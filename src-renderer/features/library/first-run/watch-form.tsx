import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { operations } from '../../../../src-contract/operations/operations.ts'
import { Form } from '../../../components/forms/form.tsx'
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
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  return (
    <Form ref={form} className={styles.watch} ready={path.trim() !== ''} onSubmit={() => watch.mutate(path.trim())}>
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
    </Form>
  )
}
