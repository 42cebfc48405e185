import { IconAlertTriangle } from '@tabler/icons-react'
import type { Inspection } from '../../../../src-contract/contract/models/inspection.ts'
import { Card } from '../../../components/layout/card.tsx'
import styles from './warnings-card.module.css'

const SHOWN = 20

/** What a person should know about a model that can be read; nothing where there is nothing to say. */
export function WarningsCard({ report }: { report: Inspection }) {
  const missing = report.External.filter(({ State }) => State !== 'present').map(({ Location, Message }) => ({
    Code: `external ${Location}`,
    Message,
    Where: Location,
  }))
  const warnings = [...missing, ...report.Warnings]
  if (warnings.length === 0) return null
  return (
    <Card title="Warnings">
      <ul className={styles.list}>
        {warnings.slice(0, SHOWN).map((warning, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same warning may stand in several places
          <li key={index} className={styles.warning}>
            <IconAlertTriangle size={15} className={styles.icon} aria-hidden />
            <span>
              {warning.Message}
              {warning.Where !== '' && !warning.Message.includes(warning.Where) && (
                <span className="quiet small mono"> {warning.Where}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {warnings.length > SHOWN && <p className="quiet small">and {warnings.length - SHOWN} more</p>}
    </Card>
  )
}
