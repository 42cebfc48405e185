import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { BrowserSession } from '../../../src-contract/contract/admin/session.ts'
import { operations } from '../../../src-contract/operations/operations.ts'
import { Card } from '../../components/layout/card.tsx'
import { Problem } from '../../components/text/problem.tsx'
import { sentenceOf } from '../../lib/api/api-error.ts'
import { call } from '../../lib/api/client.ts'
import { sessionsQuery } from '../../lib/api/queries.ts'
import { ago } from '../../lib/format/time.ts'
import { tellProblem } from '../../lib/notices/notify.tsx'
import styles from './settings-screen.module.css'

/** The browsers that a sign-in link let in. */
export function BrowsersCard() {
  const client = useQueryClient()
  const sessions = useQuery(sessionsQuery)
  const signOut = async ({ UUID, Browser }: BrowserSession) => {
    try {
      await call(operations.endSession, { uuid: UUID })
      await client.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    } catch (error) {
      tellProblem(`${Browser} was not signed out. ${sentenceOf(error)}`)
    }
  }
  if (sessions.data?.length === 0) return null
  return (
    <Card title="Signed-in browsers">
      <Problem>{sessions.error?.message}</Problem>
      <ul>
        {sessions.data?.map((session) => (
          <li key={session.UUID} className={styles.row}>
            <span className={`${styles.name} ellipsis`}>{session.Browser}</span>
            <span className="quiet">{session.Current ? 'this browser' : `used ${ago(session.LastUsedAt)}`}</span>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Sign out: ${session.Browser}`}
              onClick={() => void signOut(session)}
            >
              Sign out
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
