import { IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useStore } from 'zustand'
import { endpointQuery } from '../api/endpoint.ts'
import { CopyButton } from '../components/copy-button.tsx'
import { JobActivity } from '../screens/activity/job-activity.tsx'
import { ImportActivity } from '../screens/import/import-activity.tsx'
import { connection } from '../state/connection.ts'
import styles from './status-bar.module.css'

/** Where scripts reach the cabinet, how it is, and what is going on. */
export function StatusBar() {
  const { state, message } = useStore(connection)
  const endpoint = useQuery(endpointQuery)
  const url = endpoint.data?.url
  return (
    <footer className={styles.bar}>
      {url && (
        <span className={styles.part}>
          <span className={`${styles.dot} ${styles[state]}`} aria-hidden />
          <span>API</span>
          <span className="mono">{new URL(url).host}</span>
          <CopyButton text={url} what="the address of the API" />
        </span>
      )}
      <span className={styles.part} role="status">
        {state === 'ready' ? (
          <>
            <IconShieldCheck size={15} stroke={1.6} aria-hidden />
            Cabinet healthy
          </>
        ) : (
          <span className={styles.trouble}>{message || 'The cabinet does not answer; trying again.'}</span>
        )}
      </span>
      <div className={styles.activity}>
        <JobActivity />
        <ImportActivity />
      </div>
    </footer>
  )
}
