import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Health } from '../../../src-contract/contract/admin/admin.ts'
import { groupedNumber, shortBytes } from '../../../src-contract/words/human-number.ts'
import { Card } from '../../components/layout/card.tsx'
import { Fact } from '../../components/layout/fact.tsx'
import { Problem } from '../../components/text/problem.tsx'
import { healthQuery } from '../../lib/api/queries.ts'

/** `cabinet, reader 4, runtime 2`; what does not run is said. */
function processesWords(processes: Health['Processes']): string {
  const counts = new Map<string, number>()
  for (const { Name, State } of processes) {
    const what = State === 'running' ? Name : `${Name} ${State}`
    counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  return [...counts].map(([what, count]) => (count === 1 ? what : `${what} ${count}`)).join(', ')
}

const databaseWords = ({ State, Message, Size }: Health['Database']) => (
  <>
    {State === 'ok' ? 'healthy' : <span className="bad">{Message}</span>}, {shortBytes(Size)}
  </>
)

/** `none yet`; `214, 3.2 GB, 12 left where they are, 2 in the trash`. */
function filesWords({ Count, Size, Referenced, Trashed }: Health['Files']): string {
  const parts = [
    ...(Count > 0 ? [groupedNumber(Count), shortBytes(Size)] : []),
    ...(Referenced > 0 ? [`${groupedNumber(Referenced)} left where they are`] : []),
    ...(Trashed > 0 ? [`${groupedNumber(Trashed)} in the trash`] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : 'none yet'
}

/** A value, and in its place a bar about as long while it is asked for. */
const orBar = (value: ReactNode, width: number) =>
  value ?? <Skeleton width={width} height={10} radius={4} aria-hidden />

/** How the cabinet is: its database, files, disk and processes. */
export function HealthCard() {
  const health = useQuery(healthQuery)
  const { data } = health
  return (
    <Card title="Health">
      <Problem>{health.error?.message}</Problem>
      {!health.isError && (
        // The lines stand before their words are there, so that nothing below moves.
        <dl>
          <Fact label="Database">{orBar(data && databaseWords(data.Database), 110)}</Fact>
          <Fact label="Files">{orBar(data && filesWords(data.Files), 150)}</Fact>
          <Fact label="Disk">
            {orBar(data && `${shortBytes(data.Disk.Free)} free of ${shortBytes(data.Disk.Total)}`, 130)}
          </Fact>
          <Fact label="Processes">{orBar(data && processesWords(data.Processes), 190)}</Fact>
          <Fact label="Version">{orBar(data?.Version, 40)}</Fact>
        </dl>
      )}
    </Card>
  )
}
