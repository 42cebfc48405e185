import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { groupedNumber, plural } from '../../../../src-contract/words/human-number.ts'
import { operatorsWords, opsetWords } from '../../../../src-contract/words/report-words.ts'
import { BarChart } from '../../../components/layout/bar-chart.tsx'
import { Card } from '../../../components/layout/card.tsx'

type Props = { report: Inspection; limit: number }

/** How often each operator is used, sub-graphs and functions included. */
export function OperatorsCard({ report, limit }: Props) {
  const [whole, setWhole] = useState(false)
  const shown = whole ? report.Operators : report.Operators.slice(0, limit)
  const rest = report.Operators.length - shown.length
  const note = [operatorsWords(report), opsetWords(report)]
  return (
    <Card title="Operators" note={`· ${note.filter((part) => part !== '').join(', ')}`}>
      <BarChart
        label="Nodes by operator"
        bars={shown.map(({ Domain, Type, Count }) => ({
          key: `${Domain} ${Type}`,
          label: Type,
          value: Count,
          text: groupedNumber(Count),
          title: Domain === '' ? Type : `${Domain}.${Type}`,
        }))}
      />
      {report.Operators.length === 0 && <p className="quiet">The graph has no nodes.</p>}
      {rest > 0 && (
        <Button mt={6} size="compact-sm" onClick={() => setWhole(true)}>
          Show {plural(rest, 'other kind')}
        </Button>
      )}
    </Card>
  )
}
