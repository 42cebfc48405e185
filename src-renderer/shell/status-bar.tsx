import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useStore } from 'zustand'
import { plural } from '../../src-contract/words/human-number.ts'
import { CopyButton } from '../components/text/copy-button.tsx'
import { Activity } from '../features/activity/activity.tsx'
import { endpointQuery } from '../lib/api/endpoint.ts'
import { countQuery } from '../lib/api/queries.ts'
import { connection } from '../lib/state/connection.ts'
import { filtersOf } from '../lib/state/listing-search.ts'
import styles from './status-bar.module.css'

const withoutFile = filtersOf({ Status: 'error' })

/** All is well, or how many models have lost their file. */
function Health() {
  const { data: count = 0 } = useQuery(countQuery(withoutFile))
  if (count > 0)
    return (
      <Link to="/" search={{ Status: 'error' }} className={styles.attention}>
        <IconAlertTriangle size={15} stroke={1.6} aria-hidden />
        {plural(count, 'file')} missing or damaged
      </Link>
    )
  return (
    <>
      <IconShieldCheck size={15} stroke={1.6} aria-hidden />
      Cabinet healthy
    </>
  )
}

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
          <CopyButton text={url} what="the API URL" />
        </span>
      )}
      <span className={styles.part} role="status">
        {state === 'ready' ? (
          <Health />
        ) : (
          <span className={styles.trouble}>{message || 'The cabinet is not responding. Retrying…'}</span>
        )}
      </span>
      <div className={styles.activity}>
        <Activity />
      </div>
    </footer>
  )
}
