import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { FieldChange } from '../../../../src-contract/contract/admin/event.ts'
import type { FunctionDetail } from '../../../../src-contract/contract/functions/function.ts'
import type { HistoryEntry } from '../../../../src-contract/contract/functions/history.ts'
import { operations } from '../../../../src-contract/operations/operations.ts'
import { plural } from '../../../../src-contract/words/human-number.ts'
import { refreshFunctions } from '../../../actions/change-many.ts'
import { EmptyState } from '../../../components/layout/empty-state.tsx'
import { sentenceOf } from '../../../lib/api/api-error.ts'
import { call } from '../../../lib/api/client.ts'
import { cataloguesQuery, historyQuery } from '../../../lib/api/queries.ts'
import { moment, wholeMoment } from '../../../lib/format/time.ts'
import { tellDone, tellProblem } from '../../../lib/notices/notify.tsx'
import styles from './history-tab.module.css'

const LONGEST = 160

type Value = z.infer<typeof FieldChange>['Before']

/** What a person calls what a change names by its UUID. */
type Names = ReadonlyMap<string, string>

/** A value of a change in a few words; nothing for what is empty. */
function valueWords(value: Value, names: Names): string {
  if (value === null || value === '') return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text =
    typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value)
          .map(([name, one]) => `${name} ${typeof one === 'object' ? JSON.stringify(one) : one}`)
          .join(', ')
      : Array.isArray(value)
        ? value.map((one) => valueWords(one, names)).join('; ')
        : (names.get(String(value)) ?? String(value))
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** `InputDriver` as people write it: Input driver. */
const fieldWords = (field: string) => field.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

function Change({ before, after }: { before: string; after: string }) {
  if (before === '') return after
  return (
    <>
      {before} <span className="quiet">→</span> {after === '' ? 'nothing' : after}
    </>
  )
}

type Change = z.infer<typeof FieldChange>

const isMap = (value: Value): value is Record<string, Value> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** A change of a map as changes of its keys, so that only the field that changed is listed. */
function singleChanges({ Field, Before, After }: Change): Change[] {
  if (!isMap(Before) || !isMap(After)) return [{ Field, Before, After }]
  const keys = [...new Set([...Object.keys(Before), ...Object.keys(After)])]
  return keys
    .map((key) => ({ Field: `${Field}: ${key}`, Before: Before[key] ?? null, After: After[key] ?? null }))
    .filter(({ Before: before, After: after }) => JSON.stringify(before) !== JSON.stringify(after))
}

type EntryProps = { entry: HistoryEntry; now: boolean; model: FunctionDetail; names: Names }

function Entry({ entry, now, model, names }: EntryProps) {
  const restore = async () => {
    try {
      await call(operations.restoreRevision, { uuid: model.UUID, body: { Revision: entry.Revision } })
      await refreshFunctions()
      tellDone(`${model.Name} was restored to revision ${entry.Revision}.`)
    } catch (error) {
      tellProblem(`Nothing was restored. ${sentenceOf(error)}`)
    }
  }
  return (
    <li className={styles.entry}>
      <div className={styles.line}>
        <span className={`${styles.revision} numeric`}>{entry.Revision}</span>
        <span title={wholeMoment(entry.At)}>{moment(entry.At)}</span>
        <span className="quiet">by {entry.By}</span>
        <span className={styles.action}>
          {now ? (
            <span className="quiet">now</span>
          ) : (
            <Button
              size="compact-sm"
              leftSection={<IconArrowBackUp size={14} />}
              aria-label={`Restore revision ${entry.Revision}`}
              onClick={() => void restore()}
            >
              Restore
            </Button>
          )}
        </span>
      </div>
      {entry.File && (
        <p className={styles.change}>
          <span className="quiet">File</span>
          <span>
            {entry.File.Name}, {plural(entry.File.Size, 'byte')}
          </span>
        </p>
      )}
      {entry.Change.filter(({ Field }) => Field !== 'Files' || !entry.File)
        .flatMap(singleChanges)
        .map(({ Field, Before, After }) => (
          <p key={Field} className={styles.change}>
            <span className="quiet">{fieldWords(Field)}</span>
            <span>
              <Change before={valueWords(Before, names)} after={valueWords(After, names)} />
            </span>
          </p>
        ))}
    </li>
  )
}

/** Every change of a model, who made it and when, with the way back to each. */
export function HistoryTab({ model }: { model: FunctionDetail }) {
  const history = useQuery(historyQuery(model.UUID))
  const catalogues = useQuery(cataloguesQuery)
  const names = new Map(catalogues.data?.map(({ UUID, Name }) => [UUID, Name]))
  if (history.isError) return <EmptyState title="The history could not be read">{history.error.message}</EmptyState>
  return (
    <ol className={styles.list}>
      {history.data?.map((entry, index) => (
        <Entry key={entry.Revision} entry={entry} now={index === 0} model={model} names={names} />
      ))}
    </ol>
  )
}
