import { useQuery } from '@tanstack/react-query'
import type { Health } from '../../../src-contract/admin.ts'
import { groupedNumber, shortBytes } from '../../../src-contract/human-number.ts'
import { healthQuery } from '../../api/queries.ts'
import { Card } from '../../components/card.tsx'
import { Fact } from '../../components/fact.tsx'
import styles from './settings-screen.module.css'

/** `cabinet, reader 4, runtime 2`; what does not run is said. */
function processesWords(processes: Health['Processes']): string {
  const counts = new Map<string, number>()
  for (const { Name, State } of processes) {
    const what = State === 'running' ? Name : `${Name} ${State}`
    counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  return [...counts].map(([what, count]) => (count === 1 ? what : `${what} ${count}`)).join(', ')
}

/** How the cabinet is: its database, files, disk and processes. */
export function HealthCard() {
  const health = useQuery(healthQuery)
  const { data } = health
  return (
    <Card title="Health">
      {health.isError && (
        <p className={styles.problem} role="alert">
          {health.error.message}
        </p>
      )}
      {data && (
        <dl className={styles.facts}>
          <Fact label="Database">
            {data.Database.State === 'ok' ? 'healthy' : <span className={styles.problem}>{data.Database.Message}</span>}
            , {shortBytes(data.Database.Size)}
          </Fact>
          <Fact label="Files">
            {groupedNumber(data.Files.Count)}, {shortBytes(data.Files.Size)}
            {data.Files.Referenced > 0 && `, ${groupedNumber(data.Files.Referenced)} left where they are`}
            {data.Files.Trashed > 0 && `, ${groupedNumber(data.Files.Trashed)} in the trash`}
          </Fact>
          <Fact label="Disk">
            {shortBytes(data.Disk.Free)} free of {shortBytes(data.Disk.Total)}
          </Fact>
          <Fact label="Processes">{processesWords(data.Processes)}</Fact>
          <Fact label="Version">{data.Version}</Fact>
        </dl>
      )}
    </Card>
  )
}
