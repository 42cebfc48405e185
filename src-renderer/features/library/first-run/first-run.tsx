import { Button } from '@mantine/core'
import { IconFileImport, IconFolderSearch, IconSparkles, IconStack2 } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { operations } from '../../../../src-contract/operations/operations.ts'
import { chooseFiles } from '../../../actions/import/choose-files.ts'
import { CopyButton } from '../../../components/text/copy-button.tsx'
import { Problem } from '../../../components/text/problem.tsx'
import { call } from '../../../lib/api/client.ts'
import { endpointQuery } from '../../../lib/api/endpoint.ts'
import { operationsQuery } from '../../../lib/api/queries.ts'
import styles from './first-run.module.css'
import { useWatchFolder, WatchForm } from './watch-form.tsx'

/** The line that a script needs; the secret itself is never shown. */
function curlLine(url: string, tokenFile: string | null): string {
  const token = tokenFile === null ? '$(cat PATH_TO_DATA/token)' : `$(cat '${tokenFile}')`
  return `curl ${url}/functions \\\n  -H "Authorization: Bearer ${token}"`
}

/** Where everything will be kept, to be chosen before there is anything. */
function DataFolder({ bridge, path }: { bridge: NonNullable<Window['cabinet']>; path: string | null }) {
  const choose = useMutation({ mutationFn: () => bridge.chooseDataFolder() })
  return (
    <section className={styles.script} aria-label="Data folder">
      <h2 className={styles.heading}>Data folder</h2>
      <div className={styles.folder}>
        <span className="mono ellipsis" title={path ?? undefined}>
          {path}
        </span>
        <Button size="compact-sm" disabled={choose.isPending} onClick={() => choose.mutate()}>
          Choose another folder…
        </Button>
      </div>
      <Problem>{choose.error?.message}</Problem>
    </section>
  )
}

/** What a new user sees: where to drop, what happens then, and the one line for a script. */
export function FirstRun() {
  const endpoint = useQuery(endpointQuery)
  const available = useQuery(operationsQuery)
  const examples = useMutation({ mutationFn: () => call(operations.importExamples, {}) })
  const watch = useWatchFolder()
  const [asking, setAsking] = useState(false)
  const askForFolder = async () => {
    if (!window.cabinet) return setAsking(true)
    const path = await window.cabinet.pickFolder()
    if (path) watch.mutate(path)
  }
  // Its own button is the first one then.
  const askingPath = asking && !watch.isSuccess
  const url = endpoint.data?.url
  const curl = url ? curlLine(url, endpoint.data?.tokenFile ?? null) : null
  return (
    <div className={styles.screen}>
      <div className={styles.drop}>
        <IconStack2 size={40} stroke={1.8} className={styles.mark} aria-hidden />
        <h1 className={styles.title}>Drop ONNX models here</h1>
        <p className={styles.text}>
          Inputs, outputs and operators are read at once, and each model is checked to see if it runs here. Nothing
          leaves your computer.
        </p>
        <div className={styles.actions}>
          <Button
            variant={askingPath ? 'default' : 'filled'}
            leftSection={<IconFileImport size={16} />}
            onClick={() => void chooseFiles()}
          >
            Import files…
          </Button>
          {available.data?.has('/admin/watches') && (
            <Button leftSection={<IconFolderSearch size={16} />} onClick={() => void askForFolder()}>
              Watch a folder…
            </Button>
          )}
          {available.data?.has('/admin/examples') && (
            <Button
              leftSection={<IconSparkles size={16} />}
              disabled={examples.isPending || examples.isSuccess}
              onClick={() => examples.mutate()}
            >
              Add example models
            </Button>
          )}
        </div>
        {askingPath && <WatchForm watch={watch} />}
        {watch.isSuccess && (
          <p className={styles.text} role="status">
            {watch.variables} is being watched: its models appear here, including new ones.
          </p>
        )}
        {!asking && <Problem>{watch.error?.message}</Problem>}
        <Problem>{examples.error?.message}</Problem>
      </div>
      {window.cabinet && endpoint.data && <DataFolder bridge={window.cabinet} path={endpoint.data.dataDirectory} />}
      {curl && (
        <section className={styles.script} aria-label="Or from a script">
          <h2 className={styles.heading}>Or from a script</h2>
          <div className={styles.code}>
            <pre className="mono">{curl}</pre>
            <CopyButton text={curl} what="the command" />
          </div>
          {endpoint.data?.tokenFile === null && (
            <p className={styles.note}>PATH_TO_DATA is the data folder that the cabinet printed when it started.</p>
          )}
        </section>
      )}
    </div>
  )
}
