import { Button } from '@mantine/core'
import type { FunctionDetail } from '../../../../../src-contract/contract/functions/function.ts'
import { useStartImport } from '../../../../actions/import/use-start-import.ts'
import { Fact } from '../../../../components/layout/fact.tsx'
import styles from './path-fact.module.css'

/** Every place where a model was found, and a way to take the new file where it was changed on disk. */
export function FoundFact({ model }: { model: FunctionDetail }) {
  const start = useStartImport(() => {})
  if (model.Paths.length === 0) return null
  const changed = model.SyncInformation.State === 'changed'
  return (
    <Fact label="Found at">
      {model.Paths.map((path) => (
        <span key={path} className={`${styles.path} mono`} title={path}>
          &lrm;{path}
        </span>
      ))}
      {changed && (
        <Button
          size="compact-sm"
          loading={start.isPending}
          onClick={() => start.mutate({ Paths: model.Paths, Mode: 'reference', Recursive: false })}
        >
          Read the new file
        </Button>
      )}
    </Fact>
  )
}
